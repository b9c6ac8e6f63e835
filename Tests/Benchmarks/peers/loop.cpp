// The queueing model of ../README.md as one hand-written event loop: what a C++ programmer who wants only this
// model, and wants it fast, would write with the standard library. It is the yardstick for nepho's engine.

#include <time.h>

#include <cinttypes>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <queue>
#include <vector>

namespace {

// MARK: Chance

/// A counter-based stream: the k-th number is mix(key + k * gamma), with SplitMix64's finaliser.
struct Stream {
  uint64_t counter;

  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  Stream(uint64_t seed, uint64_t purpose) : counter(mix(mix(seed) + purpose)) {}

  uint64_t next() { return mix(counter += 0x9e3779b97f4a7c15u); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
};

/// Marsaglia and Tsang's ziggurat (2000) for the exponential distribution, 256 layers, 53 bits.
class Exponential {
  static constexpr double tail = 7.69711747013104972;
  static constexpr double area = 0.0039496598225815571993;
  uint64_t inside[256];
  double scale[256];
  double height[257];

  __attribute__((noinline)) double outside(Stream& stream, unsigned layer, double x) const {
    for (;;) {
      // Beyond the last layer the distribution is itself again, moved.
      if (layer == 0) return tail + unit(stream);
      double y = height[layer] + (height[layer + 1] - height[layer]) * stream.unit();
      if (y < std::exp(-x)) return x;
      uint64_t bits = stream.next();
      layer = bits & 255;
      x = static_cast<double>(bits >> 11) * scale[layer];
      if ((bits >> 11) < inside[layer]) return x;
    }
  }

 public:
  Exponential() {
    double edge[257];
    edge[0] = area / std::exp(-tail);
    edge[1] = tail;
    for (int i = 1; i < 255; i++) edge[i + 1] = -std::log(area / edge[i] + std::exp(-edge[i]));
    edge[256] = 0;
    for (int i = 0; i < 256; i++) {
      inside[i] = static_cast<uint64_t>(edge[i + 1] / edge[i] * 0x1p53);
      scale[i] = edge[i] * 0x1p-53;
    }
    for (int i = 0; i <= 256; i++) height[i] = std::exp(-edge[i]);
  }

  double unit(Stream& stream) const {
    uint64_t bits = stream.next();
    unsigned layer = bits & 255;
    double x = static_cast<double>(bits >> 11) * scale[layer];
    if ((bits >> 11) < inside[layer]) [[likely]]
      return x;
    return outside(stream, layer, x);
  }

  int64_t nanoseconds(Stream& stream, double mean) const {
    return static_cast<int64_t>(unit(stream) * mean + 0.5);
  }
};

// MARK: Counting

/// A log-linear histogram: 64 buckets per octave, so that a value is known to 1.6 %.
class Histogram {
  uint64_t buckets[59 * 64 + 64] = {};
  unsigned __int128 sum = 0;
  uint64_t count = 0;

 public:
  void record(int64_t value) {
    uint64_t v = static_cast<uint64_t>(value);
    unsigned shift = 57u - static_cast<unsigned>(__builtin_clzll(v | 64));
    buckets[(shift << 6) + (v >> shift)]++;
    sum += v;
    count++;
  }

  double mean() const { return count ? static_cast<double>(sum) / static_cast<double>(count) : 0; }

  /// The middle of the bucket that holds the value of the nearest rank.
  double quantile(double q) const {
    uint64_t rank = static_cast<uint64_t>(std::ceil(q * static_cast<double>(count))), seen = 0;
    for (uint64_t i = 0; i < sizeof buckets / sizeof *buckets; i++) {
      seen += buckets[i];
      if (seen < rank || seen == 0) continue;
      if (i < 128) return static_cast<double>(i);
      uint64_t shift = (i >> 6) - 1;
      return std::ldexp(static_cast<double>(64 + (i & 63)) + 0.5, static_cast<int>(shift));
    }
    return 0;
  }
};

// MARK: The world

constexpr uint32_t none = UINT32_MAX;
constexpr unsigned rowBits = 24;
constexpr double meanWork = 100e6;

/// A try: one copy of a request on one server. `next` links a server's queue, or the free rows.
struct Try {
  int64_t arrival;  // of the request's first try
  int64_t work;
  uint64_t number;  // of this try, from 1; 0 in a free row
  uint32_t server;
  uint32_t next;
  uint32_t attempt;  // 0 for the first
  bool abandoned;    // the client has given up; the server does not know
};

struct Server {
  uint32_t active = 0;  // in service and waiting
  uint32_t head = none, tail = none;
  uint32_t picked = 0;
};

/// Something to come: ordered by time, then by the number of its try. The row rides below the number.
struct Event {
  int64_t time;
  uint64_t numberAndRow;

  uint32_t row() const { return numberAndRow & ((1u << rowBits) - 1); }
  uint64_t number() const { return numberAndRow >> rowBits; }
  /// One wide comparison without a branch beats two with one.
  unsigned __int128 key() const {
    return static_cast<unsigned __int128>(time) << 64 | numberAndRow;
  }
  bool operator>(const Event& other) const { return key() > other.key(); }
};

struct Arguments {
  uint64_t servers = 10, requests = 1000000, retries = 0, seed = 1;
  double load = 0.8, timeout = 0;
};

struct Loop {
  const Arguments arguments;
  const Exponential exponential;
  Stream works, gaps, choices;
  std::vector<Server> servers;
  std::vector<Try> tries;
  uint32_t freeRow = none;
  std::priority_queue<Event, std::vector<Event>, std::greater<Event>> finishes;
  std::deque<Event> timeouts;  // the delay is constant, so they come in order
  int64_t timeout;
  Histogram latency, wait;
  uint64_t arrived = 0, completed = 0, timedOut = 0, sent = 0;

  explicit Loop(const Arguments& arguments)
      : arguments(arguments),
        works(arguments.seed, 1),
        gaps(arguments.seed, 2),
        choices(arguments.seed, 3),
        servers(arguments.servers),
        timeout(static_cast<int64_t>(arguments.timeout * 1e9 + 0.5)) {}

  /// Two distinct servers out of one draw (the low half of the first product is the second fraction).
  uint32_t pick() {
    uint64_t n = servers.size();
    unsigned __int128 first = static_cast<unsigned __int128>(choices.next()) * n;
    unsigned __int128 second =
        static_cast<unsigned __int128>(static_cast<uint64_t>(first)) * (n - 1);
    uint32_t a = static_cast<uint32_t>(first >> 64);
    uint32_t b = static_cast<uint32_t>(second >> 64);
    b += b >= a;
    return servers[b].active < servers[a].active ? b : a;
  }

  uint32_t takeRow() {
    if (freeRow != none) {
      uint32_t row = freeRow;
      freeRow = tries[row].next;
      return row;
    }
    if (tries.size() >> rowBits) {
      std::fputs("loop: more than 16 million tries at once\n", stderr);
      std::exit(1);
    }
    tries.emplace_back();
    return static_cast<uint32_t>(tries.size() - 1);
  }

  template <bool timed>
  void send(int64_t now, int64_t arrival, int64_t work, uint32_t attempt) {
    uint32_t choice = pick();
    uint32_t row = takeRow();
    uint64_t number = ++sent;
    tries[row] = Try{arrival, work, number, choice, none, attempt, false};
    Server& server = servers[choice];
    server.picked++;
    if (server.active++ == 0) {
      server.head = row;
      finishes.push(Event{now + work, number << rowBits | row});
    } else {
      tries[server.tail].next = row;
    }
    server.tail = row;
    if constexpr (timed) timeouts.push_back(Event{now + timeout, number << rowBits | row});
  }

  template <bool timed>
  void finish() {
    Event event = finishes.top();
    finishes.pop();
    uint32_t row = event.row();
    Try& done = tries[row];
    if (!timed || !done.abandoned) {
      completed++;
      latency.record(event.time - done.arrival);
      wait.record(event.time - done.arrival - done.work);
    }
    Server& server = servers[done.server];
    server.active--;
    uint32_t next = server.head = done.next;
    done.number = 0;
    done.next = freeRow;
    freeRow = row;
    if (next != none) {
      const Try& waiting = tries[next];
      finishes.push(Event{event.time + waiting.work, waiting.number << rowBits | next});
    }
  }

  void expire() {
    Event event = timeouts.front();
    timeouts.pop_front();
    Try& late = tries[event.row()];
    late.abandoned = true;
    if (late.attempt == arguments.retries) {
      timedOut++;
    } else {
      send<true>(event.time, late.arrival, late.work, late.attempt + 1);
    }
  }

  template <bool timed>
  void run() {
    const double gap = meanWork / (arguments.load * static_cast<double>(servers.size()));
    int64_t arrival = exponential.nanoseconds(gaps, gap);
    while (completed + timedOut < arguments.requests) {
      int64_t earliest = finishes.empty() ? INT64_MAX : finishes.top().time;
      if constexpr (timed) {
        while (!timeouts.empty() && tries[timeouts.front().row()].number != timeouts.front().number())
          timeouts.pop_front();
        if (!timeouts.empty()) {
          int64_t expiry = timeouts.front().time;
          if (expiry < earliest && expiry <= arrival) {
            expire();
            continue;
          }
        }
      }
      if (earliest <= arrival) {
        finish<timed>();
      } else {
        arrived++;
        send<timed>(arrival, arrival, exponential.nanoseconds(works, meanWork), 0);
        arrival += exponential.nanoseconds(gaps, gap);
      }
    }
  }
};

double processSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

[[noreturn]] void usage() {
  std::fputs(
      "usage: loop [--servers N] [--requests R] [--load RHO] [--timeout SECONDS --retries K] [--seed S]\n",
      stderr);
  std::exit(2);
}

uint64_t whole(const char* text, uint64_t least, uint64_t most) {
  char* end;
  unsigned long long value = std::strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end || value < least || value > most) usage();
  return value;
}

double positive(const char* text, double most) {
  char* end;
  double value = std::strtod(text, &end);
  if (end == text || *end || !(value > 0 && value <= most)) usage();
  return value;
}

Arguments parse(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; i += 2) {
    if (i + 1 == count) usage();
    const char *flag = words[i], *value = words[i + 1];
    if (!std::strcmp(flag, "--servers")) {
      arguments.servers = whole(value, 2, 10000000);
    } else if (!std::strcmp(flag, "--requests")) {
      arguments.requests = whole(value, 1, 1000000000);
    } else if (!std::strcmp(flag, "--load")) {
      arguments.load = positive(value, 100);
    } else if (!std::strcmp(flag, "--timeout")) {
      arguments.timeout = positive(value, 1e6);
    } else if (!std::strcmp(flag, "--retries")) {
      arguments.retries = whole(value, 0, 100);
    } else if (!std::strcmp(flag, "--seed")) {
      arguments.seed = whole(value, 0, UINT64_MAX);
    } else {
      usage();
    }
  }
  return arguments;
}

}  // namespace

int main(int count, char** words) {
  Loop loop(parse(count, words));
  double before = processSeconds();
  if (loop.timeout > 0) {
    loop.run<true>();
  } else {
    loop.run<false>();
  }
  double seconds = processSeconds() - before;
  std::printf(
      "{\"name\":\"c++\",\"servers\":%" PRIu64 ",\"requests\":%" PRIu64
      ",\"seconds\":%.6f,\"mean\":%.9f,\"p99\":%.9f,\"wait\":%.9f,\"arrived\":%" PRIu64
      ",\"completed\":%" PRIu64 ",\"timedOut\":%" PRIu64 ",\"tries\":%" PRIu64 "}\n",
      loop.arguments.servers, loop.arguments.requests, seconds, loop.latency.mean() * 1e-9,
      loop.latency.quantile(0.99) * 1e-9, loop.wait.mean() * 1e-9, loop.arrived, loop.completed,
      loop.timedOut, loop.sent);
}
