/// Finds the postings of an attempt: a counting sort by attempt.
struct PostingIndex: Sendable {
  private let offsets: [Int32]
  private let sorted: ContiguousArray<UsageHistory.Posting>

  /// - Complexity: O(n).
  init(_ history: UsageHistory) {
    var next = [Int32](repeating: 0, count: history.attempts.count + 2)
    for posting in history.postings { next[Int(posting.attempt) + 2] += 1 }
    for index in 2..<max(2, next.count) { next[index] += next[index - 1] }
    var sorted = history.postings
    for posting in history.postings {
      let place = Int(next[Int(posting.attempt) + 1])
      sorted[place] = posting
      next[Int(posting.attempt) + 1] += 1
    }
    offsets = next
    self.sorted = sorted
  }

  func postings(of attempt: Int32) -> ArraySlice<UsageHistory.Posting> {
    sorted[Int(offsets[Int(attempt)])..<Int(offsets[Int(attempt) + 1])]
  }
}
