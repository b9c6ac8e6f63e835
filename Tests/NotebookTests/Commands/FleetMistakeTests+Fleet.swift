extension FleetMistakeTests {
  /// Mistakes over servers, the seed and held requests.
  static let fleet = #"""
    stop
        ^
    error: stop needs servers such as s1, s2..s5 or all or --zone
    try: stop s1

    stop 1
         ^
    error: servers must be servers such as s1, s2..s5 or all, not '1'
    try: stop s1

    stop s9
         ^~
    error: there is no server s9
    try: stop s4

    stop s5
         ^~
    error: s5 is gone
    try: stop s4

    stop s3
         ^~
    error: s3 is draining already
    note: kill s3 ends it at once

    stop s4
         ^~
    error: s4 has crashed already
    note: restart s4 brings it back

    stop s1 --drain 10
                      ^
    error: --drain needs a unit: us, ms, s, m, h or d
    try: stop s1 --drain 10s

    stop s1 --zone a
            ^~~~~~~~
    error: stop takes servers such as s1, s2..s5 or all or --zone, not both
    try: stop s1

    stop --zone c
                ^
    error: no server is in zone 'c'
    note: there are servers in a

    stop --zone bb
                ^~
    error: no server is in zone 'bb'
    note: there are servers in a

    kill s4
         ^~
    error: s4 has crashed already
    note: restart s4 brings it back

    kill server1
         ^~~~~~~
    error: servers must be servers such as s1, s2..s5 or all, not 'server1'
    try: kill s1

    kill s4..s4
         ^~~~~~
    error: s4 has crashed already
    note: restart s4 brings it back

    restart s5
            ^~
    error: s5 is gone
    try: restart s4

    restart s2..s1
            ^~~~~~
    error: the range runs backwards
    try: restart s1..s2

    slow s1
           ^
    error: slow needs --factor, a number above 0
    try: slow s1 --factor 4

    slow s1 --factor 0.25
                     ^~~~
    error: --factor says how many times slower: 4 is four times slower, 1 is cured
    try: slow s1 --factor 4

    slow s1 --factor 4x
                      ^
    error: --factor is a plain number, without 'x'
    try: slow s1 --factor 4

    slow s1 --factor 0
                     ^
    error: --factor must be a number above 0, not 0
    try: slow s1 --factor 2

    resize s1
    ^~~~~~
    error: resize needs what to change: --cpu, --speed, --memory, --weight, --price, --maxconn, --minconn, --priority, …
    note: as in: resize s1 --cpu 4

    resize s1 4
              ^
    error: servers must be servers such as s1, s2..s5 or all, not '4'
    try: resize s1 s4

    resize s1 --cpu 2.5
                    ^~~
    error: --cpu must be a whole number 1 to 10000, not '2.5'
    try: resize s1 --cpu 3

    resize s1 --cpu 2 --boot 30s
                             ^~~
    error: --boot is the time of a restart; in place nothing boots
    try: resize s1 --cpu 2 --boot 30s --restart

    resize s1 --memory 8
                        ^
    error: --memory needs a unit: B, KiB, MiB, GiB or TiB
    try: resize s1 --memory 8GiB

    seed -1
         ^~
    error: number can't be negative
    try: seed 1

    seed abc
         ^~~
    error: number must be a whole number from 0

    reset s1
          ^~
    error: reset takes nothing after it
    try: reset

    finish 1
           ^
    error: request must be a request such as r1
    try: finish r1

    finish r9
           ^~
    error: there is no request r9 yet
    note: send one and hold it: send --hold

    finish r5
           ^~
    error: r5 is not held open
    note: requests are held by: send 3 --hold

    finish s1
           ^~
    error: request must be a request such as r1
    """#
}
