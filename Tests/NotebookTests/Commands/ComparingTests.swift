import Cloud
import Notebook
import Testing

/// What is scaled, compared, expected and helped, line by line.
struct ComparingTests {
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
        slot                in  rule                                            out
      ─────────────────────────────────────────────────────────────────────────────
        signal                  362 arrivals ÷ 15s                          24.13/s
        window         24.13/s  mean of the last 30s                        24.13/s
        desired        24.13/s  ceil(24.13/s ÷ 5/s)                               5
        dead band            5  160.9% of the target is outside 100% ± 10%        5
        stabilization        5  most wanted in 60s: 5                             5
        rate limit           5  none                                              5
        bounds               5  1..1000                                           5
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
             servers   • ready   o wanted   × booting
          5 ┤      oooooooooooo•••••••••••••••••••••••••••••••••••••••••••••••••••••••
            │                  │
            │••••••••••••••••••
            │      ××××××××××××
            │
          0 ┤
             utilisation
       100% ┤⠤⠤⠔⢢ ⢀⡠⢄⡠⠤⠤⢄⡠⢄⡀⢀⣀⡠⢄  ⢀⡀
            │   ⠈⠑⠊        ⠈⠁  ⠈⢱⣀⡸⠘⠒⠒⢢⡰⠒⠒⠢⠤⢄⣀⡰⢢⣀⡰⠒⣄⠤⠤⠤⠤⣀⠤⠒⠤⣀⠤⠤⠒⠒⠒⠤⠤⠤⠒⠒⠤⠒⠤⠤⣀⠖⠒⠤⠤⠤⠤⡀⡏⠒⠒
          0 ┤                                                                     ⠉
             latency.p99
         2s ┤      ⢀⣀⡀
            │⠤⠔⠢⠤⢄⢠⠜ ⢸⡸⠉⠑⢢⡸⢱⡀ ⢠⠔⢢ ⢀⡠⢄         ⢀⡀    ⣀⠖⡄              ⣀      ⡤⠋⡆⣀ ⣀
          0 ┤    ⠈⠁         ⠈⠑⠊ ⠈⠑⠊ ⠈⠉⠉⠉⠉⠑⠊⠑⠒⠊⠁⠈⠑⠊⠉⠉  ⠉⠉⠒⠉⠉⠒⠒⠒⠉⠉⠉⠉⠉⠉⠒⠁⠓⠒⠉⠉⠒⠒⠁ ⠉ ⠓⠁⠓⠉⠉⠉
             cost, dollars so far, $0.20 per hour at the end
      $0.01 ┤                                                    ⣀⣀⣀⣀⣀⣀⣀⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠉⠉
            │      ⢀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠤⠒⠒⠒⠒⠒⠒⠉⠉⠉⠉⠉⠉⠉
          0 ┤⠒⠒⠒⠒⠒⠒⠊
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
        ties    The first drawn wins. d draws a pick; distinct draws are n when there
                are only n servers.
        fails   With few servers at very high load it is far from the best; it sees
                requests, not their work.
        source  Mitzenmacher, The Power of Two Choices in Randomized Load Balancing
                (1996); distinct draws as in Finagle's P2C, with replacement as in
                Envoy and gRPC.

      parameter  value     meaning
      ─────────────────────────────────────────────────────────
      --d        2         How many servers are drawn.
      --draws    distinct  Whether a server can be drawn twice.

      learn 08 shows it at work

      here  2 random draws for the first pick
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

        usage: compare NAME|WORD… [--for D] [--requests N] [--warmup D] [--objective
                       D]

        contestants  NAME|WORD  balancers, scaling policies or runs
        --for        D          how long, from now; by default the last run again
        --requests   N          until so many requests are over, from now
        --warmup     D          a first part that is not measured
        --objective  D          how long a good answer may take

      Parameters stand in brackets: two-choices(d=5). Each policy meets the same
      requests from the same world; the results are kept as runs of their names.
      Changes are against the first.
      Scaling policies also take min, max, every and boot. Regret is what one costs
      above the oracle, which knows the future, on the same requests; it is shown
      where the oracle is among them.

        compare random round-robin least-connections    # the last run again
        compare two-choices two-choices(d=5) --for 60s  # a minute from now
        compare hpa(min=2) kpa oracle --for 1h          # money, tail and regret
        compare hpa(every=15s) hpa(every=60s,boot=2m)   # the same rule, slower
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
        ties    The first drawn wins. d draws a pick; distinct draws are n when there
                are only n servers.
        fails   With few servers at very high load it is far from the best; it sees
                requests, not their work.
        source  Mitzenmacher, The Power of Two Choices in Randomized Load Balancing
                (1996); distinct draws as in Finagle's P2C, with replacement as in
                Envoy and gRPC.

      parameter  value     meaning
      ─────────────────────────────────────────────────────────
      --d        2         How many servers are drawn.
      --draws    distinct  Whether a server can be drawn twice.

      learn 08 shows it at work
      """#)
  }

  @Test(
    "help tells of every algorithm, policy and health rule; of a policy named like a command, both")
  func helpKnowsAll() {
    var talk = Talk()
    let all: [any Strategy.Type] = Balancers.all + Autoscalers.all + HealthRules.all
    for type in all {
      let said = talk.say("help \(type.name)").joined(separator: " ")
      #expect(said.contains("\(type.name): \(type.summary.prefix(30))"))
      for setting in type.settings {
        #expect(said.contains(setting.summary.split(separator: " ").last ?? ""))
      }
    }
    let step = talk.say("help step")
    #expect(step.contains { $0.hasPrefix("step: Let one event happen") })
    #expect(step.contains { $0.hasPrefix("step: The further off the threshold") })
  }
}
