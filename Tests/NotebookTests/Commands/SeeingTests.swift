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
      requests are spread by two-choices --d 2
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
      """#)
  }

  @Test func `a run is looked at`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> balance two-choices
      requests are spread by two-choices --d 2
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

  @Test func `scaling is drawn and explained`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load poisson 24/s --work exp(100ms)
      main: poisson 24/s, work exp(100ms); 80% of 3 slots
      cloud> scale demand --target 5/s
      main: demand --target 5/s --window 30s --tolerance 10% --stabilization 60s,
      every 15s, 1..1000 servers, boot 30s
      cloud> run 3m --as s
      s: 180s, round-robin, seed 1
        requests  4369 completed, 2 in flight
        latency   mean 178ms, p50 112ms, p95 612ms, p99 1.05s, max 1.53s
        wait      mean 80ms, p50 0s, p95 466ms, p99 931ms, max 1.38s
        servers   5 in service, 52.9% busy, 24.3/s completed, scaled 1 time
        cost      $0.0097, $0.20 per hour at the end
      cloud> show decisions
          time  servers  policy  because
      ──────────────────────────────────────────────────
      t1   15s    3 → 5  demand  24.13/s at 5/s a server
      why t1 shows every slot of a decision
      cloud> why t1
      t1 at 15s: demand, 3 → 5 servers
        slot           rule                                         result
      ────────────────────────────────────────────────────────────────────
        signal         362 arrivals ÷ 15s                          24.13/s
        window         mean of the last 30s                        24.13/s
        desired        ceil(24.13/s ÷ 5/s)                               5
        dead band      160.9% of the target is outside 100% ± 10%        5
        stabilization  most wanted in 60s: 5                             5
        rate limit     none                                              5
        bounds         1..1000                                           5
        because   24.13/s at 5/s a server
        asked for s4..s5
      cloud> why s4
      s4: in service, 1 cpu, 1GiB, $0.04 per hour
        rented    15s  by t1, demand, which wanted 5 instead of 3: 24.13/s at 5/s a
        server
        ready     45s  after booting for 30s
        now       0 in service, 0 waiting
        share     661 of the 4371 requests of s, 15.1%; its weight is 20% of all;
        46.2% busy
      cloud> plot scaling
      scaling in s
             load, requests per second
       50/s ┤                     ⢀⡀
            │⠒⠒⠒⠢⢄⡠⠔⢢⡰⠒⠢⠔⠢⠤⢄⡠⠔⠢⠔⠢⠤⠜⠘⠒⠢⠤⠔⠢⠤⠤⠔⠢⠤⠜⢱⢠⠔⠒⠤⠤⠒⠒⠤⠤⠤⠒⠒⣄⠖⠤⠤⠒⠒⠤⠤⠤⠒⠒⠤⠤⠤⠤⠤⠒⠤⠤⠤⠒⠤⣀⠖⠒⠤
          0 ┤                                  ⠈⠁
             servers   • in service   o wanted   × booting
          5 ┤      oooooooooooo•••••••••••••••••••••••••••••••••••••••••••••••••••••••
            │                  │
            │••••••••••••••••••
            │      ××××××××××××
            │      ┊           ┊
          0 ┤××××××            ×××××××××××××××××××××××××××××××××××××××××××××××××××××××
             utilisation
       100% ┤⠤⠤⠔⢢ ⢀⡠⢄⡠⠤⠤⢄⡠⢄⡀⢀⣀⡠⢄  ⢀⡀
            │   ⠈⠑⠊        ⠈⠁  ⠈⢱⣀⡸⠘⠒⠒⢢⡰⠒⠒⠢⠤⢄⣀⡰⢢⣀⡰⠒⣄⠤⠤⠤⠤⣀⠤⠒⠤⣀⠤⠤⠒⠒⠒⠤⠤⠤⠒⠒⠤⠒⠤⠤⣀⠖⠒⠤⠤⠤⠤⡀⡏⠒⠒
          0 ┤                                                                     ⠉
             latency.p99
         2s ┤      ⢀⣀⡀
            │⠤⠔⠢⠤⢄⢠⠜ ⢸⡸⠉⠑⢢⡸⢱⡀ ⢠⠔⢢ ⢀⡠⢄         ⢀⡀    ⣀⠖⡄              ⣀      ⡤⠋⡆⣀ ⣀
          0 ┤    ⠈⠁         ⠈⠑⠊ ⠈⠑⠊ ⠈⠉⠉⠉⠉⠑⠊⠑⠒⠊⠁⠈⠑⠊⠉⠉  ⠉⠉⠒⠉⠉⠒⠒⠒⠉⠉⠉⠉⠉⠉⠒⠁⠓⠒⠉⠉⠒⠒⠁ ⠉ ⠓⠁⠓⠉⠉⠉
             cost, dollars per hour
      $0.20 ┤     ⢸⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉
            │⠉⠉⠉⠉⠉⠁
          0 ┤
            └┬───────────┬───────────┬───────────┬───────────┬───────────┬───────────┬
             0          30s         60s         90s         120s        150s      180s
                   ▲ +2
      """#)
  }

  @Test func `policies are compared`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load poisson 24/s --work exp(100ms)
      main: poisson 24/s, work exp(100ms); 80% of 3 slots
      cloud> run 60s --as a
      a: 60s, round-robin, seed 1
        requests  1449 completed, 22 in flight
        latency   mean 362ms, p50 237ms, p95 1.12s, p99 1.43s, max 1.87s
        wait      mean 263ms, p50 125ms, p95 998ms, p99 1.29s, max 1.69s
        servers   3 in service, 79.5% busy, 24.2/s completed
        cost      $0.002, $0.12 per hour at the end
      cloud> compare random round-robin
      the same 1471 requests in 60s, seed 1
                          random  round-robin
      ─────────────────────────────────────────────
      latency mean         542ms        362ms  −33%
      latency p50          323ms        237ms  −27%
      latency p95          1.93s        1.12s  −42%
      latency p99          2.58s        1.43s  −45%
      latency max          3.05s        1.87s  −39%
      completed             1435         1449   +14
      servers at the end       3            3  same
      utilisation          78.7%        79.5%
      cost                $0.002       $0.002  same
      cloud> compare random round-robin weighted two-choices
      the same 1471 requests in 60s, seed 1
                    mean    p50    p99          max   busy    cost
      ──────────────────────────────────────────────────────────────────
      random       542ms  323ms  2.58s        3.05s  78.7%  $0.002
      round-robin  362ms  237ms  1.43s  −45%  1.87s  79.5%  $0.002  same
      weighted     362ms  237ms  1.43s  −45%  1.87s  79.5%  $0.002  same
      two-choices  264ms  182ms  1.09s  −58%  1.34s  79.9%  $0.002  same
      cloud> compare a two-choices(d=3)
      the same 1471 requests in 60s, seed 1
                               a  two-choices-d3
      ────────────────────────────────────────────────
      latency mean         362ms           246ms  −32%
      latency p50          237ms           166ms  −30%
      latency p95          1.12s           763ms  −32%
      latency p99          1.43s           1.09s  −24%
      latency max          1.87s            1.6s  −14%
      completed             1449            1452    +3
      servers at the end       3               3  same
      utilisation          79.5%           79.9%
      cost                $0.002          $0.002  same
      cloud> show algorithm two-choices
      two-choices: The least busy of a few servers drawn at random.
        rule    Draw d different servers and take the one with the fewest requests.
        ties    The first drawn wins. d draws a pick, n when there are only n servers.
        fails   With few servers at very high load it is far from the best; it sees
                requests, not their work.
        source  Mitzenmacher, The Power of Two Choices in Randomized Load Balancing
                (1996); distinct draws as in Finagle's P2C.

      parameter  value  meaning
      ─────────────────────────────────────────────
      --d        2      How many servers are drawn.

      learn 07 shows it at work
      """#)
  }

  @Test func `what is expected is checked`() {
    expectTranscript(
      #"""
      cloud> spawn 3
      s1..s3 in service: 1 cpu, 1GiB, $0.04 per hour
      cloud> load poisson 24/s
      main: poisson 24/s, work 100ms; 80% of 3 slots
      cloud> run 20s
      run1: 20s, round-robin, seed 1
        requests  475 completed, 2 in flight
        latency   mean 162ms, p50 132ms, p95 330ms, p99 394ms, max 454ms
        wait      mean 62.1ms, p50 31.8ms, p95 230ms, p99 294ms, max 354ms
        servers   3 in service, 79.3% busy, 23.8/s completed
        cost      $0.002, $0.12 per hour at the end
      cloud> expect latency.p99 < 1s
      holds: latency.p99 is 394ms
      cloud> expect servers == 3 and failed == 0
      holds: servers is 3, failed is 0
      cloud> expect latency.p99 < 10ms
             ^~~~~~~~~~~~~~~~~~
      error: latency.p99 is 394ms, not < 10ms: 384ms too much
      cloud> expect utilisation in 10%..20%
             ^~~~~~~~~~~~~~~~~~~~~~~
      error: utilisation is 79.3%, not in 10%..20%: 59.3% too much
      cloud> expect servers == 4 else you have {servers}, not 4
             ^~~~~~~~~~~~
      error: you have 3, not 4
      note: servers is 3, not 4: 1 too little
      cloud> expect balancer == random
             ^~~~~~~~~~~~~~~~~~
      error: balancer is round-robin, not random
      """#)
  }

  @Test func `help helps`() {
    expectTranscript(
      #"""
      cloud> help compare
      compare: Run the same requests under different policies.

        usage: compare NAME|WORD… [--for D] [--requests N] [--warmup D]

        contestants  NAME|WORD  balancers, scaling policies or runs
        --for        D          how long, from now; by default the last run again
        --requests   N          until so many requests are over, from now
        --warmup     D          a first part that is not measured

      Parameters stand in brackets: two-choices(d=5). Each policy meets the same
      requests from the same world; the results are kept as runs of their names.
      Changes are against the first.

        compare random round-robin least-connections    # the last run again
        compare two-choices two-choices(d=5) --for 60s  # a minute from now
        compare run1 run2                               # what was measured before
      cloud> help expressions
        latency.p99 < 300ms              < <= > >= == !=
        utilisation in 50%..80%          between two, both included
        failed == 0 and servers <= 5     and or not
        2 * servers + 1                  + - * / with blanks around the minus
        max(servers, 3)                  min max ceil floor abs sqrt exp ln
        if queue > 10 then 2 else 1      a choice
        balancer == two-choices          a name and a word
        rr.latency.p99 / lc.latency.p99  measurements of runs by name
        s3.active                        something about a server
      Units are checked. expect, run --until and plot take expressions; messages take
      them in braces. help names lists what can be named.
      cloud> history
      1  help compare
      2  help expressions
      3  history
      cloud> help two-choices
      two-choices: The least busy of a few servers drawn at random.
        rule    Draw d different servers and take the one with the fewest requests.
        ties    The first drawn wins. d draws a pick, n when there are only n servers.
        fails   With few servers at very high load it is far from the best; it sees
                requests, not their work.
        source  Mitzenmacher, The Power of Two Choices in Randomized Load Balancing
                (1996); distinct draws as in Finagle's P2C.

      parameter  value  meaning
      ─────────────────────────────────────────────
      --d        2      How many servers are drawn.

      learn 07 shows it at work
      """#)
  }
}

/// Says the lines of a transcript anew and compares what comes.
private func expectTranscript(
  _ transcript: String, _ location: SourceLocation = #_sourceLocation
) {
  var talk = SeeingTalk()
  let inputs = transcript.split(separator: "\n").filter { $0.hasPrefix("cloud> ") }
  let said = inputs.flatMap { [String($0)] + talk.say(String($0.dropFirst(7))) }
  let lines = transcript.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  for (index, line) in lines.enumerated() where index >= said.count || said[index] != line {
    let now = index < said.count ? said[index] : "nothing"
    Issue.record("line \(index + 1): expected\n\(line)\nbut got\n\(now)", sourceLocation: location)
    return
  }
  #expect(said.count == lines.count, sourceLocation: location)
}
