import Notebook
import Testing

/// Formulas that cannot be read, each with what is shown under it.
struct ExpressionMistakeTests {
  @Test(arguments: marked(table))
  func `says what is wrong, where, and what to type`(mistake: Marked) {
    #expect(Specimen.formulaErrors(mistake.source) == mistake.shown)
  }

  @Test(arguments: marked(table))
  func `what it suggests can be typed`(mistake: Marked) throws {
    guard let line = mistake.suggestion else { return }
    #expect(Specimen.formulaErrors(line) == [])
  }

  private static let table = #"""
    latency.p99 < 300
                  ^~~
    error: 'latency.p99' is a duration, and 300 has no unit
    try: latency.p99 < 300ms

    latency.p99 < 300 ms
                     ^
    error: a unit touches its number
    try: latency.p99 < 300ms

    latency.p99 < 300msec
                     ^~~~
    error: no unit is called 'msec'
    try: latency.p99 < 300ms

    latency.p99 < cost.total
                  ^~~~~~~~~~
    error: 'latency.p99' is a duration, 'cost.total' is an amount of money

    latency.p98 < 300ms
    ^~~~~~~~~~~
    error: nothing is called 'latency.p98'
    try: latency.p99 < 300ms

    latncy.p99 < 300ms
    ^~~~~~~~~~
    error: nothing is called 'latncy.p99'
    try: latency.p99 < 300ms

    latency < 300ms
    ^~~~~~~
    error: nothing is called 'latency'
    note: there is latency.p99 and latency.p50
    try: latency.p99 < 300ms

    rr.latency.p9 < 300ms
    ^~~~~~~~~~~~~
    error: nothing is called 'rr.latency.p9'
    try: rr.latency.p99 < 300ms

    zz.latency.p99 < 300ms
    ^~~~~~~~~~~~~~
    error: no run is called 'zz'
    try: last.latency.p99 < 300ms

    s3.activ > 2
    ^~~~~~~~
    error: nothing is called 's3.activ'
    try: s3.active > 2

    servers-1
    ^~~~~~~~~
    error: a minus takes blanks, since names may contain hyphens
    try: servers - 1

    servers - 
             ^
    error: the expression breaks off: a value is missing

    servers 3
            ^
    error: an operator is missing before this

    servers = 3
            ^
    error: '=' is written '=='
    try: servers == 3

    healthy && healthy
            ^~
    error: '&&' is written 'and'
    try: healthy and healthy

    servers and healthy
    ^~~~~~~
    error: and needs a condition; 'servers' is a plain number

    not servers
        ^~~~~~~
    error: not needs a condition; 'servers' is a plain number

    if servers then 1 else 2
       ^~~~~~~
    error: if needs a condition; 'servers' is a plain number

    if healthy then 1 else 2s
                    ^
    error: '2s' is a duration, and 1 has no unit
    try: if healthy then 1ms else 2s

    if healthy then 1
                     ^
    error: 'else' is missing after then

    1 < servers < 3
                ^
    error: comparisons do not chain
    note: write x in a..b, or join two with and

    servers in 1
                ^
    error: '..' is missing after in

    servers in 1..2s
                  ^~
    error: 'servers' is a plain number, '2s' is a duration

    utilisation > 60
                  ^~
    error: 'utilisation' is a share, and 60 has no unit
    try: utilisation > 60%

    utilisation in 40..60
                   ^~~~~~
    error: 'utilisation' is a share, and the bounds have no unit
    try: utilisation in 40%..60%

    cost.total > 5
                 ^
    error: 'cost.total' is an amount of money, and 5 has no unit
    try: cost.total > $5

    memory > 2
             ^
    error: 'memory' is a size, and 2 has no unit
    try: memory > 2MiB

    rate * latency.p99 + 1s
                         ^~
    error: 'rate * latency.p99' is a plain number, '1s' is a duration

    latency.p99 * latency.p99 < 3s
                                ^~
    error: 'latency.p99 * latency.p99' is in s^2, '3s' is a duration

    balancer == rond-robin
                ^~~~~~~~~~
    error: no balancer is called 'rond-robin'
    try: balancer == round-robin

    balancer == servers
                ^~~~~~~
    error: no balancer is called 'servers'
    note: there is round-robin and two-choices

    balancer < round-robin
               ^~~~~~~~~~~
    error: nothing is called 'round-robin'
    note: there is servers, latency.p99, latency.p50, utilisation, rate, failed, completed, memory, …

    servers + balancer
              ^~~~~~~~
    error: 'balancer' is a name: it can only be compared, as in balancer == random

    sqrt(latency.p99)
         ^~~~~~~~~~~
    error: sqrt of a duration has no unit

    sqrt(4, 5)
    ^~~~~~~~~~
    error: sqrt takes 1 value, as in sqrt(servers / 2)

    min(servers)
    ^~~~~~~~~~~~
    error: min takes 2 values or more, as in min(servers, 10)

    mini(servers, 2)
    ^~~~
    error: no function is called 'mini'
    try: min(servers, 2)

    ln(latency.p99)
       ^~~~~~~~~~~
    error: ln needs a plain number, not a duration

    (servers + 1
                ^
    error: ')' is missing after (
    try: (servers + 1)

    servers + 1)
               ^
    error: ')' is not expected here
    try: servers + 1

    servers @ 2
            ^
    error: '@' means nothing in an expression

    -healthy
     ^~~~~~~
    error: - needs a number, not true or false

    $5x
      ^
    error: an amount has no other unit than $
    try: $5

    foo
    ^~~
    error: nothing is called 'foo'
    note: there is servers, latency.p99, latency.p50, utilisation, rate, failed, completed, memory, …

    hash(1, 2)
    ^~~~
    error: nothing is called 'hash'
    note: there is servers, latency.p99, latency.p50, utilisation, rate, failed, completed, memory, …

    5mb > memory
     ^~
    error: no unit is called 'mb'
    try: 5MiB > memory

    memory > 5mb
              ^~
    error: no unit is called 'mb'
    try: memory > 5MiB

    time ≥ 5s
         ^
    error: '≥' is written '>='
    try: time >= 5s

    latency.p99 + 1 > 2s
                  ^
    error: 'latency.p99' is a duration, and 1 has no unit
    try: latency.p99 + 1ms > 2s

    1 + 
       ^
    error: the expression breaks off: a value is missing

    min(1, 2s)
        ^
    error: '2s' is a duration, and 1 has no unit
    try: min(1ms, 2s)

    since(time)
    ^~~~~
    error: nothing is called 'since'
    note: there is servers, latency.p99, latency.p50, utilisation, rate, failed, completed, memory, …

    ceil(time)
         ^~~~
    error: ceil needs a plain number, not a duration

    rate in 5..6
            ^~~~
    error: 'rate' is a rate, and the bounds have no unit
    try: rate in 5/s..6/s

    time in 5s..6 minutes
                 ^
    error: a unit touches its number
    try: time in 5s..6m
    """#
}
