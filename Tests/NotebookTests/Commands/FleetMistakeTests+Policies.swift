extension FleetMistakeTests {
  /// Mistakes over loads, balancers, scalers and money.
  static let policies = #"""
    load 50/s
         ^~~~
    error: no shape is called '50/s'
    try: load poisson 50/s

    load 01
         ^~
    error: no shape is called '01'
    try: learn 01

    load lesson 03
         ^~~~~~
    error: no shape is called 'lesson'
    try: learn 03

    load lesson
         ^~~~~~
    error: no shape is called 'lesson'
    try: lessons

    load notes.md
         ^~~~~~~~
    error: no shape is called 'notes.md'
    try: open notes.md

    load monday.csv
         ^~~~~~~~~~
    error: no shape is called 'monday.csv'
    try: load trace monday.csv

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

    load poisson 0/s
                 ^~~
    error: rate must be above zero
    try: load poisson 50/s

    load poisson 50/s --work 100
                                ^
    error: --work needs a unit: us, ms, s, m, h or d
    try: load poisson 50/s --work 100ms

    load poisson 50/s --work exp(100)
                                    ^
    error: this value needs a unit: us, ms, s, m, h or d
    try: load poisson 50/s --work exp(100ms)

    load poisson 50/s --key zipf(1000)
                                 ^~~~
    error: zipf takes 2 values, as in zipf(1000, 1.1)
    try: load poisson 50/s --key zipf(1000, 1.1)

    load poisson 50/s --retries 300
                                ^~~
    error: --retries must be a whole number 0 to 254, not 300
    try: load poisson 50/s --retries 254

    load poisson 50/s --timeout 0s
                                ^~
    error: --timeout must be above zero
    try: load poisson 50/s --timeout 1s

    load poisson 50/s --name b
                      ^~~~~~
    error: load poisson has no option --name
    note: usage: load poisson R [--work W] [--key K] [--memory W] [--timeout D] [--retries N] [--backoff D] [--jitter full|none] [--priority N] [--as NAME]

    load poisson 50/s --as send
                           ^~~~
    error: 'send' is the name of what `send` sends
    try: load poisson 50/s --as main

    load poisson --work 100ms 50
                                ^
    error: rate needs a unit: /s, /m or /h
    try: load poisson --work 100ms 50/s

    load sale 20/s
                  ^
    error: load sale needs --peak, a rate such as 50/s
    try: load sale 20/s --peak 200/s

    load sale 20/s --peak 10/s
                          ^~~~
    error: the peak of a sale lies above its base of 20/s
    try: load sale 20/s --peak 200/s

    load wave 20/s --peak 5/s
                          ^~~
    error: the peak of a wave lies above its base of 20/s
    try: load wave 20/s --peak 200/s

    load bursts 50/s --peak 5/s
                            ^~~
    error: the peak of a burst lies above its base of 50/s
    try: load bursts 50/s --peak 500/s

    load sale 20/s --at 1m
                          ^
    error: load sale needs --peak, a rate such as 50/s
    try: load sale 20/s --at 1m --peak 200/s

    load trace
              ^
    error: load trace needs file: a file
    try: load trace log.csv

    load trace nothing.csv
               ^~~~~~~~~~~
    error: there is no file nothing.csv

    load trace bad.csv
               ^~~~~~~
    error: bad.csv:3: "1,many" has no number of requests, expected a time, a comma and a whole number

    load off main
             ^~~~
    error: no load is called 'main'
    note: there is web

    load off wep
             ^~~
    error: no load is called 'wep'
    try: load off web

    load --work 10ms
         ^~~~~~
    error: --work belongs after constant
    note: usage: load [SHAPE]

    balance rr
            ^~
    error: no algorithm is called 'rr'
    try: balance round-robin

    balance least-conections
            ^~~~~~~~~~~~~~~~
    error: no algorithm is called 'least-conections'
    try: balance least-connections

    balance fastest
            ^~~~~~~
    error: no algorithm is called 'fastest'
    note: there is random, weighted-random, round-robin, weighted, least-connections, join-shortest-queue, two-choices, join-idle-queue, …

    balance two-choices(d=3)
            ^~~~~~~~~~~~~~~~
    error: no algorithm is called 'two-choices(d=3)'
    try: balance two-choices --d 3

    balance two-choices 3
                        ^
    error: balance two-choices takes only flags
    try: balance two-choices

    balance two-choices --d 0
                            ^
    error: --d must be a whole number 1 to 1000, not 0
    try: balance two-choices --d 1

    balance two-choices --k 3
                        ^~~
    error: balance two-choices has no option --k
    note: usage: balance two-choices [--stale D] [--balancers N] [--tries N] [--hedge D] [--fullconn N] [--slow-start D] [--aggression F] [--zone WORD] [--panic N] [--d N] [--draws distinct|with-replacement]

    balance random --d 2
                   ^~~
    error: balance random has no option --d; two-choices has
    note: usage: balance random [--stale D] [--balancers N] [--tries N] [--hedge D] [--fullconn N] [--slow-start D] [--aggression F] [--zone WORD] [--panic N]

    balance weighted --by cores
                          ^~~~~
    error: --by takes weight, cpu or memory, not 'cores'
    note: there is weight, cpu and memory

    balance --d 3
            ^~~
    error: --d belongs after two-choices
    note: usage: balance [ALGORITHM] [--stale D] [--balancers N] [--tries N] [--hedge D] [--fullconn N] [--slow-start D] [--aggression F] [--zone WORD] [--panic N]

    scale 5
          ^
    error: no policy is called '5'
    try: spawn 5

    scale cpu
          ^~~
    error: no policy is called 'cpu'
    try: scale resource

    scale demand --target 20
                            ^
    error: --target needs a unit: /s, /m or /h
    try: scale demand --target 20/s

    scale resource --target 60
                              ^
    error: --target needs a unit: %
    try: scale resource --target 60%

    scale resource --target 120%
                            ^~~~
    error: --target must be between 1% and 100%, not 120%
    try: scale resource --target 100%

    scale demand --min 5 --max 2
                       ^
    error: the fewest servers, 5, are more than the most, 2
    try: scale demand --min 2 --max 2

    scale step --out-steps 10%:3,0%:5
                                 ^~~~
    error: each part of --out-steps begins above the one before
    try: scale step --out-steps 0%:5,10%:3

    scale step --out-steps 10%:3,10%:5
                                 ^~~~~
    error: each part of --out-steps begins above the one before
    try: scale step --out-steps 0%:10,10%:30

    scale step --out-steps 10%
                           ^~~
    error: each part of --out-steps is written as in 0%:10,10%:30
    try: scale step --out-steps 0%:10,10%:30

    scale step --out-steps 10:3
                             ^
    error: this value needs a unit: %
    try: scale step --out-steps 10%:3

    scale scheduled --times 8h:10
                            ^~~~~
    error: each part of --times is written as in 8h..18h:10,18h..22h:4
    try: scale scheduled --times 8h..18h:10,18h..22h:4

    scale demand --zones eu-a,eu-a
                              ^~~~
    error: 'eu-a' is named twice

    scale demand --max 0
                       ^
    error: --max must be a whole number 1 to 1000000, not 0
    try: scale demand --max 1

    scale off main
              ^~~~
    error: no scaler is called 'main'
    note: there is fleet

    scale off flet
              ^~~~
    error: no scaler is called 'flet'
    try: scale off fleet

    scale sample --trigger each
                           ^~~~
    error: --trigger takes each-check, each-hit, once, reset or cooldown, not 'each'
    note: there is each-check, each-hit, once, reset and cooldown

    bill weekly
         ^~~~~~
    error: no rule is called 'weekly'
    note: there is per-second, hourly, owned, reserved and per-request

    bill second
         ^~~~~~
    error: no rule is called 'second'
    try: bill per-second

    bill owned
              ^
    error: bill owned needs machines: a whole number 1 to 1000000
    try: bill owned 5

    bill owned 4 --price 0.1
                         ^~~
    error: --price needs a $ before the number
    try: bill owned 4 --price $0.1

    bill --minimum 10s
         ^~~~~~~~~
    error: --minimum belongs after per-second
    note: usage: bill [RULE]

    bill per-second --minimum 10
                                ^
    error: --minimum needs a unit: us, ms, s, m, h or d
    try: bill per-second --minimum 10s
    """#
}
