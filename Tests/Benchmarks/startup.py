#!/usr/bin/env python3
"""Measures how long `nepho` takes from its start to its first prompt on a terminal, beside `python3 -i`.

The two start alternately, each on a pseudo-terminal of its own and on the same core; the medians are compared.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import statistics
import struct
import subprocess
import sys
import termios
import time

ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]")


class Unmeasurable(Exception):
    """A program that did not do what was to be timed."""


def seconds_to_prompt(command, prompt, patience=20.0):
    """From just before the process is made to the arrival of its prompt, in wall time."""
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONSTARTUP"}
    environment["TERM"] = "xterm-256color"
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment, start_new_session=True
    )
    os.close(terminal)
    seen = b""
    try:
        while prompt not in ESCAPES.sub(b"", seen):
            left = start + patience - time.perf_counter()
            if left <= 0 or not select.select([master], [], [], left)[0]:
                raise Unmeasurable(f"{command[0]}: no prompt {prompt!r} within {patience:.0f} s, only {seen!r}")
            try:
                chunk = os.read(master, 65536)
            except OSError:  # Linux's way to say that the other side has closed
                chunk = b""
            if not chunk:
                raise Unmeasurable(f"{command[0]}: ended before its prompt {prompt!r}, having shown {seen!r}")
            seen += chunk
        return time.perf_counter() - start
    finally:
        process.kill()
        process.wait()
        os.close(master)


def seconds_to_end(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    elapsed = time.perf_counter() - start
    if done.returncode != 0:
        raise Unmeasurable(f"{' '.join(command)}: exit status {done.returncode}: {done.stderr.decode()[-300:]}")
    return elapsed


def measure(nepho, rounds):
    """Medians in seconds: nepho to its prompt, Python to its prompt, `nepho --version`."""
    # The interpreter itself: a version manager's wrapper script would flatter nepho.
    python = os.path.realpath(sys.executable)
    to_prompt, python_to_prompt, version = [], [], []
    for _ in range(rounds + 1):
        to_prompt.append(seconds_to_prompt([nepho], b"cloud> "))
        python_to_prompt.append(seconds_to_prompt([python, "-i"], b">>> "))
        version.append(seconds_to_end([nepho, "--version"]))
    # The first round warms the disk cache.
    return tuple(statistics.median(times[1:]) for times in (to_prompt, python_to_prompt, version))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nepho", help="path of the nepho executable")
    parser.add_argument("--rounds", type=int, default=21)
    arguments = parser.parse_args()
    if not os.access(arguments.nepho, os.X_OK):
        print(f"startup: no executable at {arguments.nepho}", file=sys.stderr)
        return 2
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    try:
        prompt, python, version = measure(arguments.nepho, arguments.rounds)
    except Unmeasurable as problem:
        print(f"startup: {problem}", file=sys.stderr)
        return 2
    print(f"nepho to prompt       {prompt * 1e3:8.2f} ms")
    print(f"python3 -i to prompt  {python * 1e3:8.2f} ms")
    print(f"nepho --version       {version * 1e3:8.2f} ms")
    passed = prompt <= python / 4
    print(f"{'pass' if passed else 'FAIL'}  start to prompt: {prompt / python:.2f} of python3 -i, at most 0.25")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
