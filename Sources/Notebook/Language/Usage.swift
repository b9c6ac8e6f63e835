extension Parameter {
  /// The parameter in a usage line: `[N]`, `SHAPE …`, `[--rate R]`.
  func usage(asFlag: Bool) -> String {
    var value = kind.placeholder
    if case .choice = kind, value == "NAME" { value = name.uppercased() }
    var text = asFlag ? (value.isEmpty ? "--\(name)" : "--\(name) \(value)") : value
    if let keyword { text = "\(keyword) \(text)" }
    if !isRequired { text = "[\(text)]" }
    return repeats ? text + "…" : text
  }
}

extension Form {
  /// The usage after a command's name.
  public var usage: String {
    (positionals.map { $0.usage(asFlag: false) } + options.map { $0.usage(asFlag: true) })
      .joined(separator: " ")
  }
}

extension Spec {
  /// One line: the name, the values and the flags.
  public var usage: String { form.usage.isEmpty ? name : "\(name) \(form.usage)" }
}

extension CommandReader {
  /// The usage of the command with the choices made so far.
  var usage: String {
    let values = forms.last?.positionals ?? []
    let words = [subject] + values.map { $0.usage(asFlag: false) }
    return (words + options.map { $0.usage(asFlag: true) }).joined(separator: " ")
  }
}
