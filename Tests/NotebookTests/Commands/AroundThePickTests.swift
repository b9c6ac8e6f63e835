import Notebook
import Testing

/// Hedging, degraded servers and limits that grow, as they are typed and seen.
struct AroundThePickTests {
  @Test(arguments: transcripts)
  func `a transcript comes out as written`(transcript: String) {
    #expect(Talk.transcript(transcript) == transcript)
  }

  private static let transcripts = [
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> slow s1 --factor 10
    s1 10 times slower
    cloud> balance round-robin --hedge 200ms
    requests are spread by round-robin; a copy to another server after 200ms
    cloud> send 3 --together
    request  arrival  server  copy  why                     wait  service  latency
    ──────────────────────────────────────────────────────────────────────────────
    r1.2          0s  s2      s2    the next of 2 in turn  200ms    100ms    300ms
    r2            0s  s2            the next of 2 in turn     0s    100ms    100ms
    r3.2          0s  s2      s2    the next of 2 in turn  300ms    100ms    400ms
    3 completed: mean 267ms, p50 300ms, p95 400ms, p99 400ms, max 400ms
    cloud> show events
    the last 8 events of run1
       0s  r1 arrives and goes to s1, which has none
       0s  r2 arrives and goes to s2, which has none
       0s  r3 arrives and goes to s1, which has 1
    100ms  s2 answers r2 after 100ms
    200ms  r1.2, a copy of r1, goes to s2, which has none
    200ms  r3.2, a copy of r3, goes to s2, which has 1
    300ms  s2 answers r1.2 after 300ms
    400ms  s2 answers r3.2 after 400ms
    cloud> why r3
    r3 went to s1: round-robin, in run1
      eligible  2 servers in service
      looked at the next of 2 in turn, nothing drawn
      arrived   at 0s, behind 1 request on s1
      hedged    at 200ms: a copy, r3.2, went to s2, behind 1 request
      began     at 300ms, after waiting 300ms
      finished  at 400ms: latency 400ms = 300ms wait + 100ms service, r3.2 on s2
    cloud> load constant 4/s
    main: constant 4/s, work 100ms; 36% of 2 slots
    cloud> run 10s --as hedged
    hedged: 10s, round-robin, seed 1
      requests  38 completed, 39 hedged, 2 in flight
      latency   mean 300ms, p50 300ms, p95 300ms, p99 300ms, max 300ms
      wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
      servers   2 in service, 69.3% busy, 3.8/s completed
      cost      $0.00, $0.08 per hour at the end
    cloud> expect hedged.hedged == 39
    holds: hedged.hedged is 39
    cloud> balance --hedge 50ms --stale 1s
    requests are spread by round-robin; loads up to 1s old, a copy to another server
    after 50ms
    """,
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> slow s1 --factor 10
    s1 10 times slower
    cloud> balance round-robin --hedge 200ms
    requests are spread by round-robin; a copy to another server after 200ms
    cloud> send 3 --together --paused
    request  arrival  server  why                    wait  service  latency
    ─────────────────────────────────────────────────────────────────────────────
    r1            0s  s1      the next of 2 in turn     –        –        –  open
    r2            0s  s2      the next of 2 in turn     –        –        –  open
    r3            0s  s1      the next of 2 in turn     –        –        –  open
    cloud> step 8
    100ms  r2 is answered by s2 after 100ms
    200ms  r1 is unanswered; its copy r1.2 goes to s2, which is idle
    200ms  r3 is unanswered; its copy r3.2 goes to s2, which has 1 request
    300ms  r1.2 is answered by s2 after 300ms, which begins r3.2; s1 still has r1
    400ms  r3.2 is answered by s2 after 400ms; r3 leaves the queue of s1
       1s  s1 finishes r1, for which nobody waits any more
    """,
    """
    cloud> spawn 2
    s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> balance round-robin --hedge 200ms
    requests are spread by round-robin; a copy to another server after 200ms
    cloud> send --hold
    request  arrival  server  why                    wait  service  latency
    ─────────────────────────────────────────────────────────────────────────────
    r1            0s  s1      the next of 2 in turn     –        –        –  open
    cloud> step
    200ms  r1 is unanswered; its copy r1.2 goes to s2, which is idle
    cloud> show servers
    server  state       cpu  price  active  waiting  picked  completed  busy
    ────────────────────────────────────────────────────────────────────────
    s1      in service    1  $0.04       1        0       1          0  100%
    s2      in service    1  $0.04       1        0       1          0    0%
    cloud> finish r1
    r1 answered by s1 after 200ms
    cloud> step
    200ms  s2 finishes r1.2, for which nobody waits any more
    cloud> show servers
    server  state       cpu  price  active  waiting  picked  completed  busy
    ────────────────────────────────────────────────────────────────────────
    s1      in service    1  $0.04       0        0       1          1  100%
    s2      in service    1  $0.04       0        0       1          0    0%
    """,
    """
    cloud> spawn 3
    s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> health s3 degraded
    s3 is degraded: it serves what the healthy ones are too few for
    cloud> health
    no rule: everybody knows at once which server has crashed
    s3 is degraded: it serves what the healthy ones are too few for
      max-fails  passive: so many failures set a server aside for a time
      checks     active: each is asked now and then; rise, fall decide
      outliers   passive: servers that fail more than others are ejected
    cloud> show servers
    server  state       cpu  price  active  waiting  picked  completed  busy
    ────────────────────────────────────────────────────────────────────────
    s1      in service    1  $0.04       0        0       0          0     –
    s2      in service    1  $0.04       0        0       0          0     –
    s3      degraded      1  $0.04       0        0       0          0     –
    cloud> health s1 down
    s1 is marked down: nothing new goes there
    cloud> send 2
    request  arrival  server  why                    wait  service  latency
    ───────────────────────────────────────────────────────────────────────
    r1            0s  s2      the next of 1 in turn    0s    100ms    100ms
    r2         100ms  s3      the next of 1 in turn    0s    100ms    100ms
    2 completed: mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
    cloud> why r2
    r2 went to s3: round-robin, in run1
      eligible  1 server in service; 1 of 2, degraded: the others are not enough
      looked at the next of 1 in turn, 1 random draw
      arrived   at 100ms, s3 was free
      began     at once
      finished  at 200ms: latency 100ms
    cloud> health s1 s3 up
    s1, s3 may be offered requests
    cloud> balance nginx
    requests are spread by nginx --max-fails 1 --fail-timeout 10s
    cloud> health s3 degraded
                     ^~~~~~~~
    error: nginx does not know degraded servers
    note: as in: balance envoy.round-robin
    """,
    """
    cloud> spawn 2 --minconn 1 --maxconn 3 --cpu 4
    s1..s2 in service: 4 cpu, 1GiB, maxconn 3, minconn 1, $0.16 per hour
    cloud> balance haproxy.first --fullconn 6
    requests are spread by haproxy.first --backups first; fullconn 6
    cloud> send 5 --hold
    request  arrival  server  why                       wait  service  latency
    ────────────────────────────────────────────────────────────────────────────────
    r1            0s  s1      the first in declared o…     –        –        –  open
    r2            0s  s2      the only one that accep…     –        –        –  open
    r3            0s  –       all 2, and none accepts…     –        –        –  open
    r4            0s  –       the one that waits, and…     –        –        –  open
    r5            0s  –       the 2 that wait, and no…     –        –        –  open
    cloud> why r4
    r4 waits at the balancer: haproxy.first, in run1
      eligible  2 servers in service
      looked at the one that waits, and nobody passes, nothing drawn
      chosen    nobody
      arrived   at 0s
      waited    at the balancer
      ended     not yet
    cloud> resize s1 --maxconn 1
    s1 in place: 4 cpu, 1GiB, maxconn 1, minconn 1, $0.16 per hour
    cloud> resize s1 --minconn 2
                               ^
    error: minconn is at most maxconn, which is 1
    note: as in: spawn 2 --minconn 2 --maxconn 10
    cloud> resize s1 --maxconn unbounded
    s1 in place: 4 cpu, 1GiB, $0.16 per hour
    """,
    """
    cloud> spawn 2 --maxconn 1
    s1..s2 in service: 1 cpu, 1GiB, maxconn 1, $0.04 per hour
    cloud> balance haproxy.leastconn
    requests are spread by haproxy.leastconn --backups first
    cloud> load constant 30/s
    main: constant 30/s, work 100ms; 150% of 2 slots
    cloud> run 1s --as crowd
    crowd: 1s, haproxy.leastconn, seed 1
      requests  18 completed, 12 in flight
      latency   mean 233ms, p50 233ms, p95 367ms, p99 367ms, max 367ms
      wait      mean 133ms, p50 133ms, p95 267ms, p99 267ms, max 267ms
      servers   2 in service, 95% busy, 18/s completed
      cost      $0.0013, $0.08 per hour at the end
    cloud> why r9
    r9 waited, then went to s1: haproxy.leastconn, in crowd
      eligible  2 servers in service
      looked at all 2, and none accepts it, nothing drawn
      chosen    nobody
      arrived   at 300ms
      waited    at the balancer until 433ms, when s1 was free
      began     at 433ms, after waiting 133ms
      finished  at 533ms: latency 233ms = 133ms wait + 100ms service
    """,
    """
    cloud> spawn 3
    s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
    cloud> slow s2 --factor 20
    s2 20 times slower
    cloud> load poisson 15/s --work exp(100ms) --timeout 1s --retries 2 --backoff 100ms
    main: poisson 15/s, work exp(100ms), timeout 1s, 2 retries, backoff 100ms, full
    jitter; 73% of 3 slots
    cloud> run 3s --as slow
    slow: 3s, round-robin, seed 1
      requests  35 completed, 17 sent again, 20 in flight
      latency   mean 566ms, p50 215ms, p95 2.29s, p99 2.5s, max 2.5s
      wait      mean 146ms, p50 27.4ms, p95 608ms, p99 897ms, max 897ms
      servers   3 in service, 81.2% busy, 11.7/s completed
      cost      $0.002, $0.12 per hour at the end
    cloud> why r5
    r5.2 went to s1: round-robin, in slow
      arrived   at 260ms
      try 1     on s2: its client gave up at 1.26s
      again     at 1.32s, s1 was free
      began     at once
      finished  at 1.41s: latency 1.15s = 1.06s before + 88.2ms service
      tries     2
    """,
    """
    cloud> spawn 3 --queue 2
    s1..s3 in service: 1 cpu, 1GiB, queue 2, $0.04 per hour
    cloud> load poisson 40/s --work exp(100ms) --retries 2 --backoff 200ms
    main: poisson 40/s, work exp(100ms), 2 retries, backoff 200ms, full jitter; 133%
    of 3 slots
    cloud> run 3s --as full
    full: 3s, round-robin, seed 1
      requests  94 completed, 24 refused, 119 sent again, 20 in flight
      latency   mean 280ms, p50 257ms, p95 706ms, p99 1.24s, max 1.24s
      wait      mean 134ms, p50 90.4ms, p95 375ms, p99 1.01s, max 1.01s
      servers   3 in service, 94.9% busy, 31.3/s completed
      cost      $0.002, $0.12 per hour at the end
    cloud> why r138
    r138 is to be sent again: round-robin, in full
      eligible  3 servers in service
      looked at the next of 3 in turn, nothing drawn
      arrived   at 2.99s
      try 1     s2 turned it away at 2.99s: its queue was full
      ended     not yet
    """,
  ]

  @Test(arguments: [
    ("balance two-choices --hedge 0s", "hedge"),
    ("balance two-choices --hedge 5", "unit"),
    ("balance two-choices --fullconn 0", "fullconn"),
    ("spawn --minconn 2", "--minconn goes with --maxconn"),
    ("spawn --minconn 3 --maxconn 2", "minconn is at most maxconn, which is 2"),
    ("health degraded", "which servers?"),
    ("health s1", "health needs a state: up, degraded, down or drain"),
  ])
  func `a mistake says what is wrong`(line: String, message: String) {
    var talk = Talk()
    talk.say("spawn 2")
    let shown = talk.say(line)
    #expect(shown.contains { $0.contains("error: ") && $0.contains(message) }, "\(shown)")
  }
}
