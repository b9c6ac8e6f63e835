import Notebook
import Testing

/// What is seen, line by line.
struct SeeingTests {
  @Test func `a send is explained`() {
    expectTranscript(
      #"""
      cloud> spawn 3 --cpu 1
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> balance two-choices
      requests are spread by two-choices --d 2 --draws distinct
      cloud> send 4 --together
      request  arrival  server  why                        wait  service  latency
      ───────────────────────────────────────────────────────────────────────────
      r1            0s  s3      the first one found wins     0s    100ms    100ms
      r2            0s  s2      s2 0, s3 1                   0s    100ms    100ms
      r3            0s  s3      the first one found wins  100ms    100ms    200ms
      r4            0s  s2      s2 1, s3 2                100ms    100ms    200ms
      4 completed: mean 150ms, p50 100ms, p95 200ms, p99 200ms, max 200ms
      cloud> show events
      the last 8 events of run1
         0s  r1 arrives and goes to s3, which has none
         0s  r2 arrives and goes to s2, which has none
         0s  r3 arrives and goes to s3, which has 1
         0s  r4 arrives and goes to s2, which has 1
      100ms  s3 answers r1 after 100ms
      100ms  s2 answers r2 after 100ms
      200ms  s3 answers r3 after 200ms
      200ms  s2 answers r4 after 200ms
      cloud> why r2
      r2 went to s2: two-choices, in run1
        eligible  3 servers in service
        looked at 2 of 3 at random, 2 random draws
                  s2  0 active  0  ← chosen
                  s3  1 active  1
        chosen    s2: the least active
        arrived   at 0s, s2 was free
        began     at once
        finished  at 100ms: latency 100ms
      cloud> why s1
      s1: in service, 1 cpu, 1GiB, $0.04 per hour
        rented    0s  by spawn 3 --cpu 1
        now       0 in service, 0 waiting
        share     0 of the 4 requests of run1, 0%; its weight is 33.3% of all; 0% busy
      cloud> show cost
      $0.002 for 180s of server-time (per second, at least 60s a start)
      busy            ▏                                                  400ms  0.222%
      idle            ▏                                                  200ms  0.111%
      paid, not used  █████████████████████████████████████████████████   179s   99.7%
      $0.50 per thousand completed, $0.12 per hour now; 99.8% bought no work
      run1
      ──────────────────────────────────────────────────────────
      cost     $0.002, $0.50 per thousand good requests
      good     4 of 4 within 1s, p99 200ms, goodput 20/s
      missed   over 1% in 0 minutes
      servers  in service 600ms
      waste    180s billed and not at work, 99.8%
      supply   0s of servers missing, 200ms too many
      scaled   0 times
      owned    $0.0000067 for the peak of 3 servers all the time
      """#)
  }

  @Test func `a run is looked at`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> balance two-choices
      requests are spread by two-choices --d 2 --draws distinct
      cloud> load poisson 24/s --work exp(100ms)
      main: poisson 24/s, work exp(100ms); 80% of 3 slots
      cloud> run 60s --as a
      a: 60s, two-choices, seed 1
        requests  1452 completed, 19 in flight
        latency   mean 264ms, p50 182ms, p95 814ms, p99 1.09s, max 1.34s
        wait      mean 165ms, p50 57.1ms, p95 679ms, p99 998ms, max 1.25s
        servers   3 in service, 79.9% busy, 24.2/s completed
        cost      $0.002, $0.12 per hour at the end
      cloud> show
      main at 60s, two-choices, seed 1
        load      main: poisson 24/s, work exp(100ms)
        offered   80% of the capacity in service
        cost      $0.002, $0.12 per hour now
        last run  a: mean 264ms, p50 182ms, p95 814ms, p99 1.09s, max 1.34s
      █ in service   ░ waiting
      s1  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 + 6
      s2  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░           1 + 5
      s3  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░           1 + 5
      cloud> show servers
      server  state       cpu  price  active  waiting  picked  completed   busy
      ─────────────────────────────────────────────────────────────────────────
      s1      in service    1  $0.04       7        6     496        489  78.5%
      s2      in service    1  $0.04       6        5     510        504  80.9%
      s3      in service    1  $0.04       6        5     465        459  80.3%
      cloud> show queues
      at 60s: 3 in service, 16 waiting
      █ in service   ░ waiting
      s1  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  1 + 6
      s2  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░           1 + 5
      s3  █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░           1 + 5
      cloud> show requests
      request  arrival  server  why                  wait  service  latency
      ────────────────────────────────────────────────────────────────────────────────
      r1         9.7ms  s3      the first one fo…      0s    215ms    215ms  completed
      r2          56ms  s2      s2 0, s3 1             0s    122ms    122ms  completed
      r3         145ms  s3      the first one fo…  79.8ms    109ms    189ms  completed
      r4         145ms  s2      s2 1, s3 2           33ms    203ms    236ms  completed
      r5         162ms  s1      s1 0, s2 2             0s   88.2ms   88.2ms  completed
      r6         196ms  s1      the first one fo…  54.8ms     33ms   87.8ms  completed
      r7         237ms  s2      s1 2, s2 1          145ms   16.4ms    161ms  completed
      r8         256ms  s3      s3 1, s2 2         77.5ms    9.6ms   87.1ms  completed
      r9         302ms  s1      s3 2, s1 0             0s    231ms    231ms  completed
      r10        384ms  s3      s1 1, s3 0             0s   12.9ms   12.9ms  completed
      … 1456 more
      r1467        60s  s3      the first one fo…       –        –        –  open
      r1468        60s  s1      s3 6, s1 5              –        –        –  open
      r1469        60s  s2      s3 6, s2 5              –        –        –  open
      r1470        60s  s3      s2 6, s3 5              –        –        –  open
      r1471        60s  s1      the first one fo…       –        –        –  open
      1452 completed: mean 264ms, p50 182ms, p95 814ms, p99 1.09s, max 1.34s
      cloud> show events
      the last 20 events of a
      59.6s  r1460 arrives and goes to s2, which has 5
      59.6s  r1461 arrives and goes to s3, which has 4
      59.7s  r1462 arrives and goes to s2, which has 6
      59.7s  s2 answers r1441 after 713ms, begins r1443
      59.7s  s2 answers r1443 after 698ms, begins r1455
      59.7s  r1463 arrives and goes to s3, which has 5
      59.7s  s1 answers r1442 after 723ms, begins r1444
      59.8s  s3 answers r1452 after 479ms, begins r1454
      59.8s  r1464 arrives and goes to s1, which has 5
      59.8s  s1 answers r1444 after 787ms, begins r1446
      59.8s  r1465 arrives and goes to s3, which has 5
      59.8s  s2 answers r1455 after 397ms, begins r1456
      59.9s  s3 answers r1454 after 477ms, begins r1457
      59.9s  r1466 arrives and goes to s2, which has 4
        60s  r1467 arrives and goes to s3, which has 5
        60s  r1468 arrives and goes to s1, which has 5
        60s  r1469 arrives and goes to s2, which has 5
        60s  s3 answers r1457 after 446ms, begins r1458
        60s  r1470 arrives and goes to s3, which has 5
        60s  r1471 arrives and goes to s1, which has 6
      cloud> why r30
      r30 went to s1: two-choices, in a
        eligible  3 servers in service
        looked at 2 of 3 at random, 2 random draws
                  s1  2 active  2  ← chosen
                  s2  3 active  3
        chosen    s1: the least active
        arrived   at 1.04s, behind 2 requests on s1
        began     at 1.58s, after waiting 536ms
        finished  at 1.69s: latency 649ms = 536ms wait + 113ms service
      cloud> why last
      r1471 went to s1: two-choices, in a
        eligible  3 servers in service
        looked at 2 of 3 at random, 2 random draws
                  s1  6 active  6  ← chosen
                  s2  6 active  6
        chosen    s1: 2 cost the same; the first one found wins
        arrived   at 60s, behind 6 requests on s1
        ended     not yet
      cloud> show runs
      run  balancer     length  completed  lost   mean    p99
      ───────────────────────────────────────────────────────
      a    two-choices     60s       1452     0  264ms  1.09s
      cloud> show loads
      load                                 asks for
      ───────────────────────────────────────────────────
      main: poisson 24/s, work exp(100ms)  80% of 3 slots
      """#)
  }

  @Test func `a run is drawn`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load poisson 24/s --work exp(100ms)
      main: poisson 24/s, work exp(100ms); 80% of 3 slots
      cloud> run 60s --warmup 10s --as a
      a: 50s, round-robin, seed 1
        requests  1193 completed, 22 in flight
        latency   mean 373ms, p50 241ms, p95 1.16s, p99 1.43s, max 1.87s
        wait      mean 273ms, p50 127ms, p95 1.05s, p99 1.33s, max 1.69s
        servers   3 in service, 79.5% busy, 23.9/s completed
        cost      $0.00, $0.12 per hour at the end
      cloud> plot queue
      queue, a
      25 ┤                                                                       ⡏⡆
         │                                                                     ⣀⠖⠁⣇
      20 ┤                                                                     ⡇   ⡇ ⡖
         │                                                                     ⡇   ⡇⣀⠇
      15 ┤                                                                     ⡇   ⡇⡇
         │ ⢠⠔⢢                ⢠⢄        ⡖⡄                          ⢰⠢⢄        ⡇   ⡇⡇
      10 ┤ ⢸ ⢸               ⡤⠜⠈⢱       ⡇⠧⠤⠤⡀                       ⢸ ⢸       ⡏    ⠧⠃
         │ ⢸ ⢸ ⢀⡀ ⢀⡀         ⡇  ⢸     ⢀⣀⠇   ⡇      ⢰⢢⡀             ⡖⠊ ⠘⠒⢢     ⡇
       5 ┤ ⢸ ⢸ ⢸⠘⢢⢸⢸       ⡤⠤⠃  ⠸⢄   ⢰⠊     ⠓⡄  ⡖⢢⢰⠊ ⢸         ⡤⡀ ⡤⠃    ⢸   ⢰⠒⠁
         │ ⢸ ⠸⢄⢸ ⠸⠜⠈⠉⡆     ⡇     ⢸⢠⢄⢠⠜       ⠉⠉⠦⠃⢸⢸  ⠸⠜⢱       ⡇⠉⠉      ⠈⠱⢄ ⢸
       0 ┤⣀⡸  ⢸⡸     ⣇⣀⣀⣀⣀⣀⠇     ⠘⠊⢸⡸            ⠈⠁    ⢸⣀⡰⠒⠒⠉⠉⠉           ⢸⡰⠊
         └┬────────────┬───────────┬────────────┬───────────┬────────────┬───────────┬
          0           10s         20s          30s         40s          50s        60s
                       ▲ measured from here
      cloud> plot latency.p50, latency.p99
      a   • latency.p50   o latency.p99
      2s ┤
         │                                                                           o
         │                      oo                                                 o ┆
         │                      ┆ ┆                                             ooo o
         │                     o  ┆     ooooo        o             oo  o o      ┆
      1s ┤   oo   o         ooo   ┆    o     o       ┆o          oo  o ┆o ┆    o• •
         │   ┆ ┆ o ┆o       ┆     o    ┆      ┆o  o  ┆ oo        ┆    o   o    • • •
         │  o••┆ ┆ ┆┆o o    ┆    • ┆  o  ••   o oo oo    ┆  o    ┆ •••••   o  o│    │
         │  ┆│ │o •o    ┆ooo     ││ooo   │ │      • •    ┆ o•o oo •     │•  ┆o │    •
         │•••  ••• ••• •o  •••••• ••••• •  ••••••• • ••••oo• •o ••      • ••o••      •
       0 ┤              •••            •                 ••   ••            •
         └┬────────────┬───────────┬────────────┬───────────┬────────────┬───────────┬
          0           10s         20s          30s         40s          50s        60s
                       ▲ measured from here
      cloud> plot latency --histogram
      latency of 1193 requests, a
       10us..100us  ▏                                       0.1%
      100us..1ms    ▍                                       0.7%
        1ms..10ms   █▍                                      2.4%
       10ms..100ms  ██████████████▎                        24.8%
      100ms..1s     ████████████████████████████████████   63.0%  p50 241ms  p90 981ms
         1s..10s    █████▏                                  9.1%  p99 1.43s  max 1.87s
      """#)
  }

  /// Of 18 that the second run answered one came in the first.
  @Test("what is told under a table is told of as many as the run answered")
  func sums() {
    var talk = Talk()
    for line in ["spawn 1", "load poisson 8/s", "run 2s", "run 2s"] { _ = talk.say(line) }
    #expect(talk.say("show requests").last?.hasPrefix("18 completed: mean 303ms") == true)
  }

  @Test("by the request every share is one of the time that there was")
  func byTheRequest() {
    var talk = Talk()
    for line in ["spawn 4", "load constant 20/s", "run 15m", "bill per-request"] {
      _ = talk.say(line)
    }
    func shares() -> [String] {
      talk.say("show cost").filter { $0.contains("%") }.prefix(2).map { $0 }
    }
    let before = shares()
    #expect(before.first?.hasPrefix("busy ") == true)
    #expect(before.first?.hasSuffix(" 50%") == true)
    _ = talk.say("run 1m")
    #expect(shares().first?.hasSuffix(" 50%") == true)
  }

  @Test func `servers and scalers are told from their namesakes`() {
    expectTranscript(
      #"""
      cloud> spawn 1 --cpu 4
      s1 in service: 4 cpu, 1GiB, $0.16 per hour
      cloud> reset
      an empty world at 0s, seed 1
      cloud> spawn 2
      s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> why s1
      s1: in service, 1 cpu, 1GiB, $0.04 per hour
        rented    0s  by spawn 2
        now       0 in service, 0 waiting
      cloud> load constant 10/s
      main: constant 10/s, work 100ms; 50% of 2 slots
      cloud> run 60s --as before
      before: 60s, round-robin, seed 1
        requests  599 completed, 1 in flight
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   2 in service, 49.9% busy, 9.98/s completed
        cost      $0.0013, $0.08 per hour at the end
      cloud> scale hpa --target 20% --as calm
      calm: hpa --target 20% (else its defaults), every 15s, 1..1000 servers, boot 30s
      cloud> scale hpa --target 80% --as keen
      keen: hpa --target 80% (else its defaults), every 15s, 1..1000 servers, boot 30s
      cloud> run 60s --as both
      both: 60s, round-robin, seed 1
        requests  600 completed, 1 in flight
        latency   mean 100ms, p50 100ms, p95 100ms, p99 100ms, max 100ms
        wait      mean 0s, p50 0s, p95 0s, p99 0s, max 0s
        servers   5 in service, 36.4% busy, 10/s completed, scaled 1 time
        cost      $0.0033, $0.20 per hour at the end
      cloud> show decisions
          time  servers  policy     because
      ─────────────────────────────────────────────────────────────────────
      t1   75s    2 → 5  calm: hpa  DesiredWithinRange: cpu 50% against 20%
      why t1 shows every slot of a decision
      """#)
  }
}
