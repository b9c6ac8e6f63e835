extension Logbook {
  private static let title =
    "# What you did in the lessons of nepho: one line each; a line you delete is forgotten."
  private static let broken = "# unreadable: "

  /// The text that keeps it.
  public var text: String {
    var lines = [Self.title]
    for page in pages {
      lines.append(
        "page \(page.lesson) \(page.page) \(page.fingerprint) \(page.outcome.rawValue) "
          + "tries \(page.tries) hints \(page.hints)")
      for answer in page.answers {
        lines.append(
          "answer \(page.lesson) \(page.page) \(answer.question) \(answer.letters) "
            + answer.verdict.rawValue)
      }
    }
    for place in places {
      lines.append(
        "at \(place.lesson) \(place.page) \(place.fingerprint) \(place.step) "
          + (place.isShown ? "shown" : "ahead"))
      for input in place.own { lines.append("typed \(place.lesson) \(input.escaped)") }
    }
    lines += unreadable.map { Self.broken + $0 }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Reads such a text; a line that cannot be read is put aside.
  ///
  /// - Returns: the logbook, and the numbers of the lines that were put aside just now.
  public static func read(_ text: String) -> (logbook: Logbook, damaged: [Int]) {
    var logbook = Logbook()
    var damaged: [Int] = []
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix(broken) {
        logbook.unreadable.append(String(line.dropFirst(broken.count)))
      } else if line.hasPrefix("#") || String(line).trimmed.isEmpty {
        continue
      } else if !logbook.take(line) {
        logbook.unreadable.append(String(line))
        damaged.append(index + 1)
      }
    }
    return (logbook, damaged)
  }

  private mutating func take(_ line: Substring) -> Bool {
    let words = line.split(separator: " ").map { String($0) }
    guard words.count >= 3 else { return false }
    let lesson = words[1]
    switch words[0] {
    case "page": return takePage(words)
    case "answer": return takeAnswer(words)
    case "at":
      guard words.count == 6, let step = Int(words[4]), step >= 0,
        words[5] == "shown" || words[5] == "ahead"
      else { return false }
      stand(
        at: Place(
          lesson: lesson, page: words[2], fingerprint: words[3], step: step,
          isShown: words[5] == "shown"))
      return true
    case "typed":
      guard let place = places.firstIndex(where: { $0.lesson == lesson }) else { return false }
      let typed = line.split(separator: " ", maxSplits: 2).last ?? ""
      places[place].own.append(String(typed).unescaped)
      return true
    default: return false
    }
  }

  private mutating func takePage(_ words: [String]) -> Bool {
    guard words.count == 9, let outcome = Outcome(rawValue: words[4]), words[5] == "tries",
      let tries = Int(words[6]), words[7] == "hints", let hints = Int(words[8]), tries >= 0,
      hints >= 0, page(words[2], of: words[1]) == nil
    else { return false }
    pages.append(
      Page(
        lesson: words[1], page: words[2], fingerprint: words[3], outcome: outcome, tries: tries,
        hints: hints))
    return true
  }

  private mutating func takeAnswer(_ words: [String]) -> Bool {
    guard words.count == 6, let question = Int(words[3]), question > 0,
      let verdict = Answer.Verdict(rawValue: words[5]),
      let place = pages.firstIndex(where: { $0.lesson == words[1] && $0.page == words[2] })
    else { return false }
    pages[place].answers.append(
      Answer(question: question, letters: words[4], verdict: verdict))
    return true
  }
}

extension String {
  /// On one line: a line end is `\n`, a backslash `\\`.
  fileprivate var escaped: String {
    reduce(into: "") { text, character in
      text += character == "\\" ? "\\\\" : character.isNewline ? "\\n" : String(character)
    }
  }

  fileprivate var unescaped: String {
    var text = ""
    var isEscaped = false
    for character in self {
      if isEscaped {
        text.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        text.append(character)
      }
    }
    return text
  }
}
