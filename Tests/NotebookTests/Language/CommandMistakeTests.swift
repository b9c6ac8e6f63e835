import Notebook
import Testing

/// Lines with choices, keywords and distributions that cannot be read, each with what is shown under it.
struct CommandMistakeTests {
  @Test(arguments: marked(table))
  func `says what is wrong, where, and what to type`(mistake: Marked) {
    #expect(Specimen.errors(mistake.source) == mistake.shown)
  }

  @Test(arguments: marked(table))
  func `what it suggests can be typed`(mistake: Marked) throws {
    guard let line = mistake.suggestion else { return }
    #expect(Specimen.errors(line) == [])
  }

  private static let table = #"""
    send 10 --rate 50
                     ^
    error: --rate needs a unit: /s, /m or /h
    try: send 10 --rate 50/s

    send 10 --rate 50rps
                     ^~~
    error: no unit 'rps' for --rate; use /s, /m or /h
    try: send 10 --rate 50/s

    send 10 --rate 0/s
                   ^~~
    error: --rate must be above zero
    try: send 10 --rate 50/s

    send 10 --rate 50/sec
                     ^~~~
    error: no unit '/sec' for --rate; use /s, /m or /h
    try: send 10 --rate 50/s

    send 10 --rate 50 --together
                     ^
    error: --rate needs a unit: /s, /m or /h
    try: send 10 --rate 50/s

    send 10 --together=yes
                      ^~~~
    error: --together takes no value
    try: send 10 --together

    send --work exp
                ^~~
    error: exp needs its values in brackets, as in exp(100ms)
    try: send --work exp(100ms)

    send --work exp(100)
                       ^
    error: this value needs a unit: us, ms, s, m, h or d
    try: send --work exp(100ms)

    send --work exp(100ms, 2)
                    ^~~~~~~~
    error: exp takes 1 value, as in exp(100ms)
    try: send --work exp(100ms)

    send --work expo(100ms)
                ^~~~
    error: no distribution is called 'expo'
    try: send --work exp(100ms)

    send --work gamma(100ms)
                ^~~~~
    error: no distribution is called 'gamma'
    note: there is exp, uniform, lognormal, pareto and mix

    send --work uniform(150ms, 50ms)
                ^~~~~~~~~~~~~~~~~~~~
    error: the first value of uniform must be the smaller one
    try: send --work uniform(50ms, 150ms)

    send --work mix(90%: 10ms, 1%: 1s)
                ^~~~~~~~~~~~~~~~~~~~~~
    error: the shares of mix add up to 91%, not to 100%

    send --work mix(90% 10ms)
                    ^~~~~~~~
    error: each part of mix is a share and a value, such as 99%: 10ms

    send --work pareto(100ms, 1)
                              ^
    error: this value must be above 1

    send --work lognormal(100ms, x)
                                 ^
    error: this value must be a number from 0 to 1000000

    send --work exp (100ms)
                   ^
    error: the bracket touches exp
    try: send --work exp(100ms)

    send --work exp(100ms
                   ^
    error: '(' is never closed
    try: send --work exp(100ms)

    send --work exp(100ms))
                          ^
    error: nothing opens this ')'
    try: send --work exp(100ms)

    send --key zipf(1000)
                    ^~~~
    error: zipf takes 2 values, as in zipf(1000, 1.1)
    try: send --key zipf(1000, 1.1)

    send --key 1000
               ^~~~
    error: --key must be keys such as uniform(1000) or zipf(1000, 1.1)

    load
        ^
    error: load needs shape: constant, poisson, closed, trace or off
    try: load constant 50/s

    load posson 50/s
         ^~~~~~
    error: no shape is called 'posson'
    try: load poisson 50/s

    load random 50/s
         ^~~~~~
    error: no shape is called 'random'
    try: load poisson 50/s

    load poisson
                ^
    error: load poisson needs rate: a rate such as 50/s
    try: load poisson 50/s

    load poisson 50
                   ^
    error: rate needs a unit: /s, /m or /h
    try: load poisson 50/s

    load poisson --think 5s
                 ^~~~~~~
    error: load poisson has no option --think; closed has
    note: usage: load poisson R [--work W] [--key K] [--as NAME]

    load --think 5s closed 10
         ^~~~~~~
    error: --think belongs after closed
    note: usage: load SHAPE [--work W] [--key K] [--as NAME]

    load trace
              ^
    error: load trace needs file: a file
    try: load trace notes.md

    load trace "my file.csv
               ^
    error: the quotation mark is never closed
    try: load trace "my file.csv"

    load trace “my file.csv”
               ^
    error: '“' is a typographic quotation mark
    try: load trace "my file.csv"

    load poisson 50/s --as "two words"
                           ^~~~~~~~~~~
    error: a name is a letter, then letters, digits and hyphens, not 'two words'
    try: load poisson 50/s --as two-words

    balance roundrobin
            ^~~~~~~~~~
    error: no balancer is called 'roundrobin'
    try: balance round-robin

    balance p2c
            ^~~
    error: no balancer is called 'p2c'
    try: balance two-choices

    balance miine
            ^~~~~
    error: no balancer is called 'miine'
    try: balance mine

    balance two-choices --d 1
                            ^
    error: --d must be a whole number 2 to 16, not 1
    try: balance two-choices --d 2

    balance round-robin --d 3
                        ^~~
    error: balance round-robin has no option --d; two-choices has
    note: usage: balance round-robin [--stale D]

    balance weighted --by wieght
                          ^~~~~~
    error: --by takes weight, cpu or memory, not 'wieght'
    try: balance weighted --by weight

    scale resource
                  ^
    error: scale resource needs --target, a share such as 60%
    try: scale resource --target 60%

    scale resource --target 60
                              ^
    error: --target needs a unit: %
    try: scale resource --target 60%

    scale resource --target 0.6
                               ^
    error: --target needs a unit: %
    try: scale resource --target 60%

    scale resource --target 150%
                            ^~~~
    error: --target must be between 1% and 100%, not 150%
    try: scale resource --target 100%

    run
       ^
    error: run needs a duration, --requests or --until
    try: run 1m

    run 1m --requests 10
           ^~~~~~~~~~~~~
    error: run takes a duration or --requests, not both
    try: run 1m

    run 0s
        ^~
    error: duration must be above zero
    try: run 1m

    run 5 m
         ^
    error: a unit touches its number
    try: run 5m

    run 5
         ^
    error: duration needs a unit: us, ms, s, m, h or d
    try: run 5m

    run --until
               ^
    error: --until needs an expression such as latency.p99 < 300ms after it
    try: run --until latency.p99 < 300ms

    step x
         ^
    error: amount must be a whole number from 1, or a duration such as 20ms

    step 5x
         ^~
    error: amount must be a whole number from 1, or a duration such as 20ms
    try: step 5

    health s1 dwon
              ^~~~
    error: no state is called 'dwon'
    try: health s1 down

    health dwon
           ^~~~
    error: no state is called 'dwon'
    try: health down

    health s1x down
           ^~~
    error: server must be servers such as s1, s2..s5 or all, not 's1x'

    why q3
        ^~
    error: what must be last, or a request such as r1, a server such as s1 or a tick such as t1

    why r
        ^
    error: what must be last, or a request such as r1, a server such as s1 or a tick such as t1

    compare
           ^
    error: compare needs name: a word

    compare rr lc --sweep offered
                                 ^
    error: --sweep values needs values such as 50%,80%,90% or 50%..90% by 10% after it
    try: compare rr lc --sweep offered 50%,80%,90%

    compare rr --sweep offered 50%..90%
                               ^~~~~~~~
    error: a range of values needs a step, as in 50%..90% by 10%
    try: compare rr --sweep offered 50%..90% by 1%

    compare rr --sweep offered 50%..9 by 10%
                               ^~~~~~~~~~~~~
    error: both ends of the range and its step need the same unit

    compare rr --sweep offered 50,x%
                               ^~~~~
    error: --sweep values must be values such as 50%,80%,90% or 50%..90% by 10%

    compare rr --sweep offered 1..1000000 by 1
                               ^~~~~~~~~~~~~~~
    error: that is more than 1000 values; take a larger step

    define mine = least active
           ^~~~
    error: no sort is called 'mine'
    note: there is balancer and scaler

    define balancer mine
                        ^
    error: define balancer needs rule: least
    try: define balancer mine = least latency.p99 < 300ms

    define balancer mine least active
                         ^~~~~
    error: '=' is missing before this
    try: define balancer mine = least active

    define balancer mine = most active
                           ^~~~
    error: no rule is called 'most'
    note: there is least

    expect
          ^
    error: expect needs condition: an expression such as latency.p99 < 300ms
    try: expect latency.p99 < 300ms

    export jsn out.md
           ^~~
    error: no format is called 'jsn'
    try: export json out.md

    export
          ^
    error: export needs file: a file
    try: export notes.md

    switch rf
           ^~
    error: no run is called 'rf'
    try: switch rr

    learn 01
          ^~
    error: no lesson is called '01'
    note: there is none yet

    quit now
         ^~~
    error: quit takes nothing after it
    try: quit

    quit --now
         ^~~~~
    error: quit takes no flags
    try: quit

    why r5 "unclosed
           ^
    error: the quotation mark is never closed
    try: why r5

    send --work exp[100ms]
                ^~~~~~~~~~
    error: exp needs its values in brackets, as in exp(100ms)
    try: send --work exp(100ms)

    spawn 5 --memory 2gb
                      ^~
    error: no unit 'gb' for --memory; use B, KiB, MiB, GiB or TiB
    try: spawn 5 --memory 2GiB

    load constant 5/s 6
                      ^
    error: load constant takes 1 value; nothing is expected here
    try: load constant 5/s

    define scaler mine 5
                       ^
    error: '=' is missing before this
    try: define scaler mine = 5

    spawn --price 4usd
                  ^~~~
    error: --price needs a $ before the number
    try: spawn --price $4

    spawn --speed 1e15
                   ^~~
    error: --speed is a plain number, without 'e15'
    try: spawn --speed 1

    run --until servers >= 5 --untl 4
                             ^~~~~~
    error: run has no option --untl
    try: run --until servers >= 5

    spawn 3 --cpu=2=2
                  ^~~
    error: --cpu must be a whole number 1 to 1024, not '2=2'
    try: spawn 3 --cpu=2

    step --2
         ^~~
    error: amount must be a whole number from 1, or a duration such as 20ms

    spawn "5
          ^
    error: the quotation mark is never closed
    try: spawn "5"

    spwan five --memory 2gb --cpu -1
    ^~~~~
    error: no command is called 'spwan'
    try: spawn 5 --memory 2GiB --cpu 1
    """#
}
