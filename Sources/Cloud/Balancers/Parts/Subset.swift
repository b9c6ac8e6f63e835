import Simulation

/// Two distinct servers of those that one of several balancers sees.
///
/// The n servers form a ring in declared order. Instance i of N sees a stretch of w that begins at
/// place ⌊i × n ÷ N⌋, w being the width but at least ⌈n ÷ N⌉, so that together they see all. Every
/// server is seen by ⌊N × w ÷ n⌋ instances or one more: by the same number where n divides N × w.
struct Subset: Candidates {
  /// Which of the instances this is, from zero; beyond the last it starts again.
  var instance = 0
  /// How many instances share the servers, at least 1.
  var instances = 1
  /// How many servers an instance sees at least.
  var width = 12

  struct Found {
    let first: Int
    let second: Int
  }

  /// How many of so many servers are seen.
  package func size(of all: Int) -> Int {
    min(all, max(width, (all + instances - 1) / instances))
  }

  /// The place of the first that is seen.
  package func start(in all: Int) -> Int { instance % instances * all / instances }

  mutating func find(
    for request: borrowing Request, in view: borrowing View, using random: inout RandomStream
  ) -> Found {
    let size = size(of: view.count)
    let start = start(in: view.count)
    let first = random.index(below: size)
    guard size > 1 else { return Found(first: start, second: start) }
    let draw = random.index(below: size - 1)
    let second = draw < first ? draw : draw + 1
    return Found(
      first: (start + first) % view.count, second: (start + second) % view.count)
  }

  func count(_ found: Found) -> Int { found.first == found.second ? 1 : 2 }

  func place(_ k: Int, of found: Found) -> Int { k == 0 ? found.first : found.second }

  func attempts(in view: borrowing View) -> Int { 20 }

  func search(_ count: Int, in view: borrowing View) -> String {
    let size = size(of: view.count)
    let start = start(in: view.count)
    let first = view.id(start).name
    let last = view.id((start + size - 1) % view.count).name
    return """
      \(count) at random of the \(size) of \(view.count) that instance \(instance % instances) of \
      \(instances) sees, \(first)..\(last)
      """
  }
}
