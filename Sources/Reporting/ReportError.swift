/// Something is wrong with a report's text: where, what, and what to write instead.
///
///     Reports/weekly.md:42: no query named "cost-by-que" (did you mean "cost-by-queue"?)
package struct ReportError: Error, Equatable, CustomStringConvertible, Sendable {
  package var file: String
  package var line: Int?
  package var message: String

  package init(file: String, line: Int? = nil, _ message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }

  static func unknown(
    _ what: String, _ name: String, among known: [String], file: String, line: Int?
  ) -> ReportError {
    ReportError(file: file, line: line, "no \(what) named \"\(name)\"" + suggestion(for: name, among: known))
  }
}

/// ` (did you mean "cost-by-queue"?)`, or nothing where no known name is near.
func suggestion(for name: String, among known: [String]) -> String {
  let near = known.map { ($0, editDistance(name, $0)) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
  guard let (candidate, distance) = near, distance <= max(2, name.count / 3) else { return "" }
  return " (did you mean \"\(candidate)\"?)"
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other.
func editDistance(_ a: String, _ b: String) -> Int {
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
