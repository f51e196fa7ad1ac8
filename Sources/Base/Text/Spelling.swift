/// Guesses what a misspelt name was meant to be.
package enum Spelling {
  /// ` (did you mean "cost-by-queue"?)`, or nothing where no known name is near.
  package static func hint(_ name: String, among known: some Sequence<String>) -> String {
    nearest(to: name, among: known).map { " (did you mean \"\($0)\"?)" } ?? ""
  }

  /// The same; where no known name is near, the first known names: `; there are cost_usd, jobs and 12 more`.
  package static func alternatives(to name: String, among known: [String]) -> String {
    let hint = hint(name, among: known)
    if !hint.isEmpty || known.isEmpty { return hint }
    let shown = known.prefix(8).map(\.shownInLine).joined(separator: ", ")
    let rest = known.count > 8 ? " and \(known.count - 8) more" : ""
    return "; there \(known.count == 1 ? "is" : "are") \(shown)\(rest)"
  }

  /// The name with the fewest edits, if they are few enough for a typo; of equals the first by name. Else the shortest
  /// name that begins with what was written.
  package static func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let scored = known.map { ($0, distance(name.lowercased(), $0.lowercased())) }
    guard let (best, edits) = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }),
      edits <= max(2, name.count / 3), edits < max(name.count, 2)
    else {
      let begun = name.count < 3 ? [] : known.filter { $0.lowercased().hasPrefix(name.lowercased()) }
      return begun.min { ($0.count, $0) < ($1.count, $1) }
    }
    return best
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
  package static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a), Array(b))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i]
      for j in 1...b.count {
        var best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforePrevious[j - 2] + 1) }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
