import Testing

/// `nepho run` as a script uses it.
struct RunTests {
  private let lines = "spawn 2\nspwan\nsend\n"

  @Test func printsATranscript() throws {
    let outcome = try Program().sh("nepho run - --keep-going", input: lines)
    #expect(
      outcome.output == """
        cloud> spawn 2
        s1..s2 in service: 1 cpu, 1GiB, $0.04 per hour
        cloud> spwan
               ^~~~~
        error: no command is called 'spwan'
        try: spawn
        cloud> send
        request  arrival  server  why                    wait  service  latency
        ───────────────────────────────────────────────────────────────────────
        r1            0s  s1      the next of 2 in turn    0s    100ms    100ms

        """)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "")
    let plain = try Program().sh("nepho run - --keep-going --format plain", input: lines)
    #expect(plain == outcome)
  }

  @Test func printsJSON() throws {
    let outcome = try Program().sh("nepho run - --keep-going --format json --seed 7", input: lines)
    #expect(
      outcome.output == #"""
        {"cell":1,"input":"spawn 2","ok":true,"time":0.0,"seed":7,"result":{"servers":["s1","s2"]}}
        {"cell":2,"input":"spwan","ok":false,"error":{"message":"no command is called 'spwan'","column":1,"length":5,"try":"spawn"}}
        {"cell":3,"input":"send","ok":true,"time":0.1,"seed":7,"result":{"requests":[{"id":"r1","arrival":0.0,"server":"s1","start":0.0,"finish":0.1,"latency":0.1,"status":"completed"}]}}

        """#)
    #expect(outcome.status == 1)
  }

  @Test func stopsAtTheFirstFailure() throws {
    let program = try Program()
    let outcome = try program.sh("nepho run - --format json", input: lines)
    #expect(outcome.output.split(separator: "\n").count == 2)
    #expect(outcome.status == 1)
    #expect(try program.sh("nepho run -", input: "spawn\n").status == 0)
    #expect(try program.sh("nepho run -").status == 0)
    #expect(try program.sh("nepho run -", input: "spawn\nquit\nspwan\n").status == 0)
  }

  @Test func runsANotebookWithItsSeed() throws {
    let program = try Program()
    try program.write(
      "---\nseed: 9\n---\n\n# One\n\n```cloud\ncloud> seed\nseed 9\n```\n", to: "one.md")
    #expect(try program.sh("nepho run $F/one.md").output == "cloud> seed\nseed 9\n")
    #expect(try program.sh("nepho run $F/one.md --seed 4").output == "cloud> seed\nseed 4\n")
    try program.write("seed 3\nseed\n", to: "lines.txt")
    #expect(try program.sh("nepho run $F/lines.txt | tail -1").output == "seed 3\n")
    try program.write("# Nothing\n", to: "none.md")
    let none = try program.sh("nepho run $F/none.md")
    #expect(none.status == 65)
    #expect(none.errors == "error: there is no cell in \(program.folder)/none.md\n")
  }

  @Test func savesWhatOpensAgain() throws {
    let program = try Program()
    let first = try program.sh(
      "nepho run - --format json | tail -1",
      input: "spawn 2\nload poisson 9/s\nrun 9s\nsave \(program.folder)/a/b.md\nrun 3s --as x\n")
    let second = try program.sh(
      "nepho run - --format json | tail -1", input: "open \(program.folder)/a/b.md\nrun 3s --as x\n"
    )
    #expect(
      first.output.replacing(#""cell":5"#, with: "")
        == second.output.replacing(#""cell":2"#, with: ""))
    #expect(try program.sh("nepho run $F/a/b.md").status == 0)
  }

  @Test func keepsWhatAFileIs() throws {
    let program = try Program()
    let outcome = try program.sh(
      """
      cd $F; echo old > real.md; chmod 600 real.md; ln -s real.md link.md; mkfifo pipe
      cat pipe > copy & printf 'spawn\\nsave link.md\\nsave pipe\\n' | nepho run - > /dev/null
      wait; test -L link.md && test -p pipe && cmp copy real.md && ls -l real.md | cut -c1-10; ls
      """)
    #expect(
      outcome.output == """
        -rw-------
        copy
        link.md
        pipe
        real.md
        stderr
        stdin
        stdout

        """)
  }

  @Test(arguments: [
    ("nepho run $F/none.md", 66, "none.md cannot be read: no such file or directory"),
    ("nepho run $F", 66, "cannot be read: is a directory"),
    ("nepho run - <&-", 74, "error: standard input cannot be read: bad file descriptor"),
    ("nepho <&-", 74, "error: standard input cannot be read: bad file descriptor"),
    ("nepho run - --width many", 64, "many"),
    ("nepho run", 64, "file"),
    ("nepho run - --color blue", 64, "blue"),
    ("nepho run - --seed -1", 64, "seed"),
  ])
  func tellsWhatItCannotDo(script: String, status: Int32, words: String) throws {
    let outcome = try Program().sh(script)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test func tellsWhatCannotBeWritten() throws {
    let program = try Program()
    let outcome = try program.sh(
      "nepho run - --keep-going",
      input: "spawn\nsave /proc/none/a.md\nsave \(program.folder)\nsave /dev/full\nsave /dev/null\n"
    )
    #expect(outcome.status == 1)
    #expect(
      outcome.output.contains("error: /proc/none/a.md cannot be written: no such file or directory")
    )
    #expect(outcome.output.contains("error: \(program.folder) cannot be written: is a directory"))
    #expect(outcome.output.contains("error: /dev/full cannot be written: no space left on device"))
    #expect(outcome.output.contains("/dev/null: 1 cell"))
    let full = try program.sh("test -c /dev/null && nepho run - > /dev/full", input: "spawn\n")
    #expect(full.status == 74)
    #expect(full.errors == "error: the answer cannot be written: no space left on device\n")
  }

  @Test func endsQuietlyWhenNobodyListens() throws {
    let lines = String(repeating: "spawn\n", count: 5000)
    let outcome = try Program().sh("{ nepho run -; echo $? >&2; } | head -1", input: lines)
    #expect(outcome.output == "cloud> spawn\n")
    #expect(outcome.errors == "0\n")
  }

  @Test func hasColourOnlyWhereItIsWanted() throws {
    let program = try Program()
    let escape = "\u{1B}["
    #expect(try !program.sh("nepho run -", input: lines).output.contains(escape))
    #expect(try program.sh("nepho run - --color always", input: lines).output.contains(escape))
    #expect(
      try program.sh("NO_COLOR=1 nepho run - --color always", input: lines).output.contains(escape))
    #expect(
      try !program.sh("nepho run - --color always --color never", input: lines).output.contains(
        escape))
  }

  @Test func isAsWideAsAsked() throws {
    let input = "spawn 2\nload poisson 19/s\nrun 60s\nsend 3\nhelp\nshow\n"
    for width in [20, 40, 80] {
      let outcome = try Program().sh("nepho run - --width \(width)", input: input)
      #expect(outcome.status == 0)
      for line in outcome.output.split(separator: "\n") where !line.hasPrefix("cloud> ") {
        #expect(line.count <= width, "\(line)")
      }
    }
  }

  @Test func needsNoHomeAndNoTerminal() throws {
    let program = try Program()
    #expect(try program.sh("unset HOME; nepho", input: "spawn\n").status == 0)
    #expect(try program.sh("TERM=dumb HOME=/none/such nepho run -", input: "spawn\n").status == 0)
    #expect(try program.sh("env -i \"$NEPHO\" run -", input: "spawn\n").status == 0)
  }

  @Test func readsWhateverBytesComeIn() throws {
    let program = try Program()
    let bytes =
      Array("spawn 2\nload \u{FF}".utf8) + [0xFF, 0xC3, 0x20, 0, 10] + Array("send\r\nspawn".utf8)
    let outcome = try program.sh("nepho run - --keep-going --format json", input: bytes)
    #expect(outcome.status == 1)
    let results = outcome.output.split(separator: "\n").map { $0.contains(#""ok":true"#) }
    #expect(results == [true, false, true, true])
  }

  @Test(arguments: [
    "spawn 99999999999999999999", "spawn --cpu 9223372036854775807", "run 1e308h", "send 1e18",
    "spawn --memory 99999999999TiB", "load poisson 1e300/s", "send --work 1e300s", "step 1e99h",
    "seed 18446744073709551616", "back 9223372036854775808", "send --rate 0.0000000000000001/s",
    "spawn --price $1e308", "slow s1 --factor 1e300", "run --events 9223372036854775807",
  ])
  func survivesHugeNumbers(line: String) throws {
    let outcome = try Program().sh(
      "nepho run - --keep-going", input: "spawn\n\(line)\nrun 1s\nshow\n")
    #expect(outcome.status <= 1, "\(outcome)")
    #expect(outcome.output.contains("cloud> show\n"), "\(outcome)")
  }
}
