import Simulation

/// Two distinct servers that Envoy's peak EWMA makes of one number r: `r mod n` and
/// `(r >> 16) mod n`, the next one when they are equal.
///
/// Bit 0 of r says which of them comes first; that one wins a tie.
struct EnvoyPair: Candidates {
  struct Found {
    let first: Int
    let second: Int
  }

  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found {
    let pair = Self.places(of: random.next(), among: view.count)
    return Found(first: pair.first, second: pair.second)
  }

  /// The places that a number stands for, the one that wins a tie first.
  static func places(of number: UInt64, among count: Int) -> (first: Int, second: Int) {
    let all = UInt64(max(1, count))
    let i = Int(number % all)
    var j = Int((number >> 16) % all)
    if j == i { j = (j + 1) % Int(all) }
    return number & 1 == 1 ? (i, j) : (j, i)
  }

  func count(_ found: Found) -> Int { found.first == found.second ? 1 : 2 }

  func place(_ k: Int, of found: Found) -> Int { k == 0 ? found.first : found.second }

  func attempts(in view: borrowing View) -> Int { 20 }

  func search(_ count: Int, in view: borrowing View) -> String {
    "\(count) of \(view.count) by one random number"
  }
}
