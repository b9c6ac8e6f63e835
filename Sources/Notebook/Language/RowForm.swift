/// What a list of rows is made of, such as `0%:10,10%:30` or `8h..18h:10,18h..22h:4`.
public struct RowForm: Sendable {
  /// What stands in a row, from left to right.
  public var fields: [Kind]
  /// What stands between the fields.
  public var separators: [String]
  /// Whether the first value of each row is above that of the row before.
  public var ascends: Bool
  /// How many rows there may be.
  public var most: Int
  /// A list to suggest.
  public var example: String

  /// Rows of these fields.
  public init(
    _ fields: [Kind], between separators: [String], ascends: Bool, most: Int, example: String
  ) {
    self.fields = fields
    self.separators = separators
    self.ascends = ascends
    self.most = most
    self.example = example
  }
}

extension Reading {
  /// Reads rows with commas between, and in each row its values in the unit that counts.
  func rows(_ form: RowForm) throws(Diagnostic) -> [[Double]] {
    var rows: [[Double]] = []
    let pieces = Piece(text: word.text[...], offset: 0).split(at: ",")
    for piece in pieces { rows.append(try row(piece, form)) }
    let starts = rows.map { $0.first ?? 0 }
    if form.ascends,
      let late = starts.indices.dropFirst().first(where: { starts[$0] <= starts[$0 - 1] })
    {
      let sorted = pieces.indices.sorted { starts[$0] < starts[$1] }.map { pieces[$0].text }
      throw mistake(
        "each part of \(label) begins above the one before", at: range(of: pieces[late]),
        try: Set(starts).count == starts.count ? sorted.joined(separator: ",") : form.example)
    }
    guard rows.count <= form.most else {
      throw mistake("\(label) has \(form.most) parts at most, not \(rows.count)")
    }
    return rows
  }

  private func row(_ piece: Piece, _ form: RowForm) throws(Diagnostic) -> [Double] {
    var rest = piece
    var values: [Double] = []
    for (place, kind) in form.fields.enumerated() {
      var part = rest
      if place < form.separators.count {
        guard let gap = rest.text.firstRange(of: form.separators[place]) else {
          throw mistake(
            "each part of \(label) is written as in \(form.example)", at: range(of: piece),
            try: form.example)
        }
        part.text = rest.text[..<gap.lowerBound]
        let passed = rest.text.distance(from: rest.text.startIndex, to: gap.upperBound)
        rest = Piece(text: rest.text[gap.upperBound...], offset: rest.offset + passed)
      }
      switch try kind.read(reading(part.trimmed, "this value")) {
      case .count(let count): values.append(Double(count))
      case .quantity(let quantity): values.append(quantity.value)
      default: throw mistake("\(label) takes numbers", at: range(of: part))
      }
    }
    return values
  }

  /// Reads names with commas between, no name twice.
  func newNames() throws(Diagnostic) -> [String] {
    var known: [String] = []
    for piece in Piece(text: word.text[...], offset: 0).split(at: ",") {
      guard case .word(let name) = try Kind.newName.read(reading(piece, label)) else { continue }
      guard !known.contains(name) else {
        throw mistake("\(name.quoted) is named twice", at: range(of: piece))
      }
      known.append(name)
    }
    return known
  }
}
