/// Guesses what a misspelt name was meant to be.
enum Spelling {
  /// ` (did you mean "x"?)`, or nothing.
  static func hint(_ word: String, _ known: some Sequence<String>) -> String {
    guard let best = known.map({ ($0, distance(word.lowercased(), $0.lowercased())) }).min(by: { $0.1 < $1.1 }),
      best.1 <= max(2, word.count / 3), best.1 < word.count - 1
    else { return "" }
    return " (did you mean \"\(best.0)\"?)"
  }

  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var corner = row[0]
      row[0] = index + 1
      for place in right.indices {
        let cost = min(row[place], row[place + 1]) + 1
        (corner, row[place + 1]) = (row[place + 1], min(cost, corner + (letter == right[place] ? 0 : 1)))
      }
    }
    return row[right.count]
  }
}
