import Notebook
import Testing

/// Lines that cannot be read, each with what is shown under it.
struct MistakeTests {
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
    spwan 2
    ^~~~~
    error: no command is called 'spwan'
    try: spawn 2

    Spawn 2
    ^~~~~
    error: no command is called 'Spawn'
    try: spawn 2

    xyzzy
    ^~~~~
    error: no command is called 'xyzzy'
    note: help lists the commands

    exit
    ^~~~
    error: no command is called 'exit'
    try: quit

    spawn five
          ^~~~
    error: count must be a whole number 1 to 10000
    try: spawn 5

    spawn fivv
          ^~~~
    error: count must be a whole number 1 to 10000

    spawn 0
          ^
    error: count must be a whole number 1 to 10000, not 0
    try: spawn 1

    spawn 20000
          ^~~~~
    error: count must be a whole number 1 to 10000, not 20000
    try: spawn 10000

    spawn -3
          ^~
    error: count can't be negative
    try: spawn 3

    spawn 2.5
          ^~~
    error: count must be a whole number 1 to 10000, not '2.5'
    try: spawn 3

    spawn 1e3
          ^~~
    error: count must be a whole number 1 to 10000, not '1e3'
    try: spawn 1000

    spawn 1,000
          ^~~~~
    error: count must be a whole number 1 to 10000, not '1,000'
    try: spawn 1000

    spawn 1k
          ^~
    error: count must be a whole number 1 to 10000, not '1k'
    try: spawn 1000

    spawn 5s
          ^~
    error: count must be a whole number 1 to 10000, not '5s'
    try: spawn 5

    spawn 99999999999999999999
          ^~~~~~~~~~~~~~~~~~~~
    error: count is too large: it must be a whole number 1 to 10000

    spawn 5 6
            ^
    error: spawn takes 1 value; nothing is expected here
    try: spawn 5

    spawn 5 cpu 2
            ^~~
    error: a flag begins with two hyphens
    try: spawn 5 --cpu 2

    spawn cpu 2
          ^~~
    error: a flag begins with two hyphens
    try: spawn --cpu 2

    spawn 5 --cpus 2
            ^~~~~~
    error: spawn has no option --cpus
    try: spawn 5 --cpu 2

    spawn 5 -cpu 2
            ^
    error: a flag begins with two hyphens
    try: spawn 5 --cpu 2

    spawn 5 –cpu 2
            ^
    error: a flag begins with two hyphens, not with '–'
    try: spawn 5 --cpu 2

    spawn 5 --cpu
                 ^
    error: --cpu needs a whole number 1 to 1024 after it
    try: spawn 5 --cpu 1

    spawn 5 --cpu --speed 2
                 ^
    error: --cpu needs a whole number 1 to 1024 after it
    try: spawn 5 --cpu 1 --speed 2

    spawn 5 --cpu 2 --cpu 4
                    ^~~~~
    error: --cpu is given twice
    try: spawn 5 --cpu 2

    spawn 5 --wings 2
            ^~~~~~~
    error: spawn has no option --wings
    note: usage: spawn [N] [--cpu N] [--speed F] [--memory SIZE] [--price $] [--boot D] [--zone NAME]

    spawn --memory 2
                    ^
    error: --memory needs a unit: B, KiB, MiB, GiB or TiB
    try: spawn --memory 2GiB

    spawn --memory 2GB
                    ^~
    error: no unit 'GB' for --memory; use B, KiB, MiB, GiB or TiB
    try: spawn --memory 2GiB

    spawn --memory 2XB
                    ^~
    error: no unit 'XB' for --memory; use B, KiB, MiB, GiB or TiB
    try: spawn --memory 2GiB

    spawn --memory -2GiB
                   ^~
    error: --memory can't be negative
    try: spawn --memory 2GiB

    spawn --memory 99999999TiB
                   ^~~~~~~~~~~
    error: --memory is too large; the most is 1048576TiB

    spawn --price 0.04
                  ^~~~
    error: --price needs a $ before the number
    try: spawn --price $0.04

    spawn --price 4c
                  ^~
    error: --price needs a $ before the number

    spawn --price cheap
                  ^~~~~
    error: --price must be an amount such as $0.04

    spawn --boot 20
                   ^
    error: --boot needs a unit: us, ms, s, m, h or d
    try: spawn --boot 20s

    spawn --boot 20 s # slowly
                   ^
    error: a unit touches its number
    try: spawn --boot 20s # slowly

    spawn --boot ten seconds
                 ^~~
    error: --boot must be a duration such as 20ms
    try: spawn --boot 10s

    spawn --boot 5minutes
                  ^~~~~~~
    error: no unit 'minutes' for --boot; use us, ms, s, m, h or d
    try: spawn --boot 5m

    spawn --boot=20
                   ^
    error: --boot needs a unit: us, ms, s, m, h or d
    try: spawn --boot=20s

    spawn --speed 2x
                   ^
    error: --speed is a plain number, without 'x'
    try: spawn --speed 2

    spawn --speed 0
                  ^
    error: --speed must be a number above 0, not 0
    try: spawn --speed 2

    spawn --speed .5
                  ^~
    error: --speed must be a number above 0
    try: spawn --speed 0.5

    spawn --zone 1a
                 ^~
    error: a name is a letter, then letters, digits and hyphens, not '1a'
    try: spawn --zone a

    spawn --zone s1
                 ^~
    error: 's1' already means something else
    try: spawn --zone my-s1

    stop
        ^
    error: stop needs server: servers such as s1, s2..s5 or all
    try: stop s1

    stop s1 s3x
            ^~~
    error: server must be servers such as s1, s2..s5 or all, not 's3x'

    stop 3
         ^
    error: server must be servers such as s1, s2..s5 or all, not '3'
    try: stop s3

    stop S3
         ^~
    error: server must be servers such as s1, s2..s5 or all, not 'S3'
    try: stop s3

    stop server-3
         ^~~~~~~~
    error: server must be servers such as s1, s2..s5 or all
    try: stop s3

    stop s1-s4
         ^~~~~
    error: a range of servers is written s2..s5
    try: stop s1..s4

    stop s4..s2
         ^~~~~~
    error: the range runs backwards
    try: stop s2..s4

    stop s1..
         ^~~~
    error: server must be servers such as s1, s2..s5 or all

    stop s0
         ^~
    error: server must be servers such as s1, s2..s5 or all, not 's0'

    stop s1 --drain
                   ^
    error: --drain needs a duration such as 20ms after it
    try: stop s1 --drain 20ms

    slow s1
           ^
    error: slow needs --factor, a number above 0
    try: slow s1 --factor 2

    slow s1 --factor 4x
                      ^
    error: --factor is a plain number, without 'x'
    try: slow s1 --factor 4
    """#
}
