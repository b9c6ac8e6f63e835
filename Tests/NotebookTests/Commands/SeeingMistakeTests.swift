import Cloud
import Notebook
import Testing

/// What is said to mistakes over the commands that look.
struct SeeingMistakeTests {
  @Test(arguments: marked(table))
  func `says what is wrong, where, and what to type`(mistake: Marked) {
    var talk = SeeingTalk()
    talk.prepare(Self.before)
    let world = talk.session.world.digest
    #expect(talk.say(mistake.source) == mistake.shown)
    #expect(talk.session.world.digest == world)
    #expect(talk.session.state.runs.map(\.name) == ["rr", "run2"])
  }

  private static let before = [
    "spawn 3", "load poisson 24/s --work exp(100ms)", "run 20s --as rr", "send 2",
  ]

  private static let table = #"""
    plot
        ^
    error: plot needs values: expressions such as latency.p99, servers
    try: plot latency.p99

    plot latency
         ^~~~~~~
    error: latency is a spread of times: name a part of it
    note: or see all of it: plot latency --histogram
    try: plot latency.p50, latency.p99

    plot latenzy.p99
         ^~~~~~~~~~~
    error: nothing is called 'latenzy.p99'
    try: plot latency.p99

    plot scaling --of nothing
                      ^~~~~~~
    error: no run is called 'nothing'
    note: there is last, rr and run2

    plot balancer
         ^~~~~~~~
    error: 'balancer' is a name, which has no height

    plot servers --histogram
         ^~~~~~~
    error: only latency and wait are kept as histograms, not 'servers'
    try: plot latency --histogram

    show server
         ^~~~~~
    error: no list is called 'server'
    try: show servers

    show foo
         ^~~
    error: no list is called 'foo'
    note: there is servers, requests, queues, events, decisions, cost, loads, runs, …

    show requests --of x
                       ^
    error: no run is called 'x'
    note: there is last, rr and run2

    show algorithm p2c
                   ^~~
    error: no name is called 'p2c'
    try: show algorithm two-choices

    show algorithm
                  ^
    error: show algorithm needs name: random, weighted-random, round-robin, weighted, least-connections, join-shortest-queue, two-choices, join-idle-queue, …
    try: show algorithm two-choices

    why
       ^
    error: why needs subject: last, or a request such as r1, a server such as s1 or a tick such as t1
    try: why last

    why r99999
        ^~~~~~
    error: there is no request r99999; the last of run2 is r490
    try: why r490

    why s9
        ^~
    error: there is no server s9
    try: why s3

    why t1
        ^~
    error: no autoscaler has changed anything yet
    note: put one to work: scale demand, then run

    why x
        ^
    error: subject must be last, or a request such as r1, a server such as s1 or a tick such as t1

    expect
          ^
    error: expect needs condition: an expression such as latency.p99 < 300ms
    try: expect latency.p99 < 300ms

    expect latency.p99
           ^~~~~~~~~~~
    error: condition needs a condition; 'latency.p99' is a duration
    try: expect latency.p99 > 0s

    expect latency.p99 < 300
                         ^~~
    error: 'latency.p99' is a duration, and 300 has no unit
    try: expect latency.p99 < 300ms

    expect latency.p99 < 1us
           ^~~~~~~~~~~~~~~~~
    error: latency.p99 is 418ms, not < 1us: 418ms too much

    expect completed > 99%
           ^~~~~~~~~
    error: 'completed' is a plain number, '99%' is a share
    try: expect completed / arrived > 99%

    expect 1% > rr.failed and servers > 1
                ^~~~~~~~~
    error: 'rr.failed' is a plain number, '1%' is a share
    try: expect 1% > rr.failed / rr.arrived and servers > 1

    expect servers in 10%..20%
           ^~~~~~~
    error: 'servers' is a plain number, '10%' is a share
    note: divide it by what it is to be a share of

    expect failed = 0
                  ^
    error: '=' is written '=='
    try: expect failed == 0

    expect servers == 4 else {servres} servers
                              ^~~~~~~
    error: nothing is called 'servres'
    try: expect servers == 4 else {servers} servers

    compare
           ^
    error: compare needs contestants: the name of a policy or run, or a word
    try: compare random

    compare random randm
                   ^~~~~
    error: no policy or run is called 'randm'
    try: compare random random

    compare random random
                   ^~~~~~
    error: 'random' is named twice

    compare two-choices(e=3) random
            ^~~~~~~~~~~~~~~~
    error: it has no parameter 'e'
    note: there is d and draws

    compare two-choices(d=0) random
            ^~~~~~~~~~~~~~~~
    error: d must be a whole number 1 to 1000, not '0'

    compare hpa(every=0s) kpa
            ^~~~~~~~~~~~~
    error: every must be a duration such as 20ms, not '0s'

    compare step(out-steps=0%:10,0%:30) kpa
            ^~~~~~~~~~~~~~~~~~~~~~~~~~~
    error: out-steps must be a list such as 0%:10,10%:30, not '0%:10,0%:30'

    compare random round-robin --for 0s
                                     ^~
    error: --for must be above zero
    try: compare random round-robin --for 20ms

    compare random round-robin --for 60s --warmup 60s
                                                  ^~~
    error: the warm-up must be shorter than the run

    help foo
         ^~~
    error: no topic is called 'foo'
    note: help lists the commands

    history x
            ^
    error: count must be a whole number from 1

    show algorithm two-choice
                   ^~~~~~~~~~
    error: no name is called 'two-choice'
    try: show algorithm two-choices

    compare p2c random
            ^~~
    error: no policy or run is called 'p2c'
    try: compare two-choices random

    show requests extra
                  ^~~~~
    error: show requests takes only flags
    try: show requests

    plot latency.p99 --of run1
                          ^~~~
    error: no run is called 'run1'
    try: plot latency.p99 --of run2

    why t0
        ^~
    error: subject must be last, or a request such as r1, a server such as s1 or a tick such as t1

    expect latency.p99 < 1s else {latency.p98}
                                  ^~~~~~~~~~~
    error: nothing is called 'latency.p98'
    try: expect latency.p99 < 1s else {latency.p90}

    compare rr
            ^~
    error: one alone has nothing to be compared with
    try: compare rr random

    help spwan
         ^~~~~
    error: no topic is called 'spwan'
    try: help spawn

    compare random round-robin --for 5s --requests 5
                                        ^~~~~~~~~~~~
    error: compare takes --for or --requests, not both
    try: compare random round-robin --for 5s

    run --until latency.p99
                ^~~~~~~~~~~
    error: until needs a condition; 'latency.p99' is a duration
    try: run --until latency.p99 > 0s

    compare two-choices(d) random
            ^~~~~~~~~~~~~~
    error: parameters are written name=value, as in two-choices(d=3)
    """#
}
