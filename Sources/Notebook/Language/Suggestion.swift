/// Finds what somebody probably meant.
public enum Suggestion {
  /// The candidate nearest to `word`: equal but for case, hyphens and underscores, else within
  /// max(1, n / 3) edits (Damerau–Levenshtein: insert, delete, replace, swap neighbours).
  ///
  /// Among equally near ones a word of the same letters wins, then the first. Complexity: O(candidates × n²); words longer than 40
  /// Characters have no neighbour.
  public static func nearest(to word: String, in candidates: [String]) -> String? {
    guard !word.isEmpty, word.count <= 40 else { return nil }
    let plain = folded(word)
    if let same = candidates.first(where: { folded($0) == plain }) { return same }
    let limit = max(1, word.count / 3)
    var best: String?
    var least = limit + 1
    for candidate in candidates where abs(candidate.count - word.count) <= least {
      let edits = distance(word.lowercased(), candidate.lowercased())
      guard edits < max(word.count, candidate.count) else { continue }
      let isBetter = edits == least && plain.sorted() == folded(candidate).sorted()
      if edits < least || isBetter && best.map({ folded($0).sorted() != plain.sorted() }) ?? false {
        best = candidate
        least = edits
      }
    }
    return best
  }

  /// The number of edits between two words, a swap of neighbours counting as one.
  public static func distance(_ first: String, _ second: String) -> Int {
    let first = Array(first)
    let second = Array(second)
    var rows = [Array(0...second.count)]
    for (i, a) in first.enumerated() {
      var row = [i + 1]
      for (j, b) in second.enumerated() {
        var edits = min(rows[i][j + 1], row[j]) + 1
        edits = min(edits, rows[i][j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == second[j - 1], first[i - 1] == b {
          edits = min(edits, rows[i - 1][j - 1] + 1)
        }
        row.append(edits)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }

  /// The value of a number written out, zero to twelve and the round ones.
  static func number(spelled word: String) -> Int? {
    let names = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve",
    ]
    let round = ["twenty": 20, "fifty": 50, "hundred": 100, "thousand": 1000, "million": 1_000_000]
    return names.firstIndex(of: word.lowercased()) ?? round[word.lowercased()]
  }

  private static func folded(_ word: String) -> String {
    String(word.lowercased().filter { $0 != "-" && $0 != "_" })
  }
}

extension String {
  /// The text in quotation marks, fit for a message: short, and without control characters.
  var quoted: String {
    let shown = prefix(40).map { character -> Character in
      let controls = character.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }
      return controls ? "?" : character
    }
    return "'\(String(shown))\(count > 40 ? "…" : "")'"
  }
}

extension [String] {
  /// The items as prose: `a, b or c`; past eight the rest is an ellipsis.
  func listed(_ conjunction: String = "or") -> String {
    if count > 8 { return prefix(8).joined(separator: ", ") + ", …" }
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
