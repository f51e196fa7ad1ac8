import AWS
import Domain

/// The performance log of one cluster during its queries: windows not yet covered, and answers that wait for those of
/// earlier windows. They are written in order, each with its checkpoint: whenever a run stops, the next one covers each
/// minute exactly once.
final class UsageLog {
  let group: String
  /// In milliseconds.
  let windows: [Range<Int64>]
  var isThere = true

  private let scope: String
  private var covered: LiveCoverage
  private var answers: [Int: [UsageAnswer]] = [:]
  private var written = 0

  private static let source = Logs.startQueryOperation.description

  init(_ cluster: String, from first: Int64, _ visit: LiveVisit) async throws {
    group = "/aws/ecs/containerinsights/\(cluster)/performance"
    scope = "\(visit.place.text) \(cluster)"
    covered = LiveCoverage(try await visit.checkpoint(Self.source, scope), from: first)
    var plan = covered
    var windows: [Range<Int64>] = []
    while let window = plan.next(from: first, to: visit.asOf.milliseconds, most: LiveUsage.window) {
      windows.append(window)
      plan.add(window)
    }
    self.windows = windows
  }

  /// Writes the answers of a window, and those that waited for it.
  func take(_ found: [UsageAnswer], of window: Int, _ visit: LiveVisit) async throws {
    answers[window] = found
    while let found = answers.removeValue(forKey: written) {
      let window = windows[written]
      // At the front, coverage grows from the end of a window.
      for answer in window.upperBound <= covered.span.lowerBound ? found.reversed() : found {
        covered.add(answer.span)
        try await visit.writer.ingest(
          answer.answer, visit.place, at: visit.asOf,
          windowStart: Instant(milliseconds: answer.span.lowerBound / 1000 * 1000),
          checkpoint: covered.checkpoint(Self.source, scope))
      }
      if found.isEmpty {
        covered.add(window)
        try await visit.writer.write(covered.checkpoint(Self.source, scope))
      }
      written += 1
    }
  }
}

/// The answer of a query for a span of time, in milliseconds.
struct UsageAnswer: Sendable {
  let span: Range<Int64>
  let answer: Answer
}
