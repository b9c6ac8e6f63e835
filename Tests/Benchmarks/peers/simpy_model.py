"""The queueing model of ../README.md in SimPy: a process per request, a Resource per server.

Written the way SimPy's own examples are, then made as fast as that way allows: no allocation that the model does
not need, bound names in the hot path, integer time, and no condition events where a plain event will do.
"""

import argparse
import json
import math
import random
import time

import simpy

MEAN_WORK = 100e6


class Histogram:
    """Log-linear, 64 buckets per octave, so that a value is known to 1.6 %."""

    def __init__(self):
        self.buckets = [0] * (59 * 64)
        self.sum = 0
        self.count = 0

    def record(self, value):
        shift = (value | 64).bit_length() - 7
        self.buckets[(shift << 6) + (value >> shift)] += 1
        self.sum += value
        self.count += 1

    def mean(self):
        return self.sum / self.count if self.count else 0.0

    def quantile(self, q):
        """The middle of the bucket that holds the value of the nearest rank."""
        rank, seen = max(1, math.ceil(q * self.count)), 0
        for index, count in enumerate(self.buckets):
            seen += count
            if seen >= rank:
                return float(index) if index < 128 else math.ldexp(64.5 + (index & 63), (index >> 6) - 1)
        return 0.0


class Model:
    def __init__(self, arguments):
        self.env = simpy.Environment(initial_time=0)
        self.chance = random.Random(arguments.seed)
        self.servers = [simpy.Resource(self.env) for _ in range(arguments.servers)]
        self.picked = [0] * arguments.servers
        self.gap = MEAN_WORK / (arguments.load * arguments.servers)
        self.timeout = round(arguments.timeout * 1e9)
        self.tries = 1 + arguments.retries
        self.requests = arguments.requests
        self.settled = self.env.event()
        self.latency, self.wait = Histogram(), Histogram()
        self.arrived = self.completed = self.timed_out = self.sent = 0

    def pick(self):
        """Two distinct servers at random; the one with fewer in service and waiting, the first on a tie."""
        uniform, n = self.chance.random, len(self.servers)
        a, b = int(uniform() * n), int(uniform() * (n - 1))
        if b >= a:
            b += 1
        first, second = self.servers[a], self.servers[b]
        if len(second.queue) + second.count < len(first.queue) + first.count:
            a, first = b, second
        self.picked[a] += 1
        self.sent += 1
        return first

    def arrivals(self, request):
        env, rate, draw = self.env, 1 / self.gap, self.chance.expovariate
        while True:
            yield env.timeout(int(draw(rate) + 0.5))
            self.arrived += 1
            env.process(request(int(draw(1 / MEAN_WORK) + 0.5)))

    def settle(self, arrival, work):
        self.completed += 1
        latency = self.env.now - arrival
        self.latency.record(latency)
        self.wait.record(latency - work)
        self.stop_if_enough()

    def stop_if_enough(self):
        if self.completed + self.timed_out == self.requests:
            self.settled.succeed()

    def request(self, work):
        """A client with all the patience in the world."""
        arrival = self.env.now
        with self.pick().request() as slot:
            yield slot
            yield self.env.timeout(work)
        self.settle(arrival, work)

    def serve(self, server, work, answer):
        """A server's side of one try. It does not know whether anybody still waits for the answer."""
        with server.request() as slot:
            yield slot
            yield self.env.timeout(work)
        if not answer.triggered:
            answer.succeed(True)

    def impatient_request(self, work):
        """A client who gives up after the timeout and asks again at once, a bounded number of times."""
        env, arrival = self.env, self.env.now
        for _ in range(self.tries):
            answer = env.event()
            env.process(self.serve(self.pick(), work, answer))
            # The timer triggers the same event, which costs less than `answer | env.timeout(...)`.
            env.timeout(self.timeout).callbacks.append(
                lambda _, answer=answer: answer.triggered or answer.succeed(False)
            )
            if (yield answer):
                self.settle(arrival, work)
                return
        self.timed_out += 1
        self.stop_if_enough()

    def run(self):
        self.env.process(self.arrivals(self.impatient_request if self.timeout else self.request))
        self.env.run(until=self.settled)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--servers", type=int, default=10)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--load", type=float, default=0.8)
    parser.add_argument("--timeout", type=float, default=0.0)
    parser.add_argument("--retries", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    model = Model(arguments)
    before = time.process_time()
    model.run()
    seconds = time.process_time() - before
    print(
        json.dumps(
            {
                "name": "simpy",
                "servers": arguments.servers,
                "requests": arguments.requests,
                "seconds": round(seconds, 6),
                "mean": round(model.latency.mean() * 1e-9, 9),
                "p99": round(model.latency.quantile(0.99) * 1e-9, 9),
                "wait": round(model.wait.mean() * 1e-9, 9),
                "arrived": model.arrived,
                "completed": model.completed,
                "timedOut": model.timed_out,
                "tries": model.sent,
            },
            separators=(",", ":"),
        )
    )


if __name__ == "__main__":
    main()
