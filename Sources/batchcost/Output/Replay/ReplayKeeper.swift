import Domain
import Replay
import Store

/// Stores answers about a whole ISO week, for `batchcost query replays` and the right-sizing report.
struct ReplayKeeper {
  private let options: ReplayOptions
  private let days: Range<Day>

  init(_ options: ReplayOptions, _ days: Range<Day>) {
    self.options = options
    self.days = days
  }

  /// Stores nothing in a read-only database; the answer is printed all the same.
  func keep(_ answers: [KeptAnswer], refused: [KeptAnswer.Refusal] = []) throws {
    let week = Week(of: days.lowerBound)
    guard days.lowerBound == week.monday, days.upperBound == week.monday + 7 else { return }
    do {
      try options.database.openExisting().derive {
        try KeptAnswer.keep(answers, refused: refused, week: week.description, seeds: options.seeds, $0)
      }
    } catch let error as StoreError {
      Console.message("The answers were not stored for reports: \(error)")
    }
  }
}
