import AWS
import Domain
import Store

extension CallLog {
  /// One sentence: how often AWS was asked, and how long it took.
  func sentence(elapsed: Double) -> String {
    let all = entries.map(\.entry)
    let requests = all.reduce(0) { $0 + $1.requests }
    let retries = all.reduce(0) { $0 + $1.retries }
    let bytes = all.reduce(0) { $0 + $1.bytes }
    let again = retries > 0 ? ", \(retries) of them retries" : ""
    return "asked AWS \(requests) times\(again) for \(megabytes(bytes)) in \(seconds(elapsed)); requests waited "
      + "\(seconds(all.reduce(0) { $0 + $1.waitingSeconds })) for answers and were held back "
      + "\(seconds(all.reduce(0) { $0 + $1.heldSeconds })) in total"
  }

  /// What would be asked, one row per operation.
  var plan: DataTable {
    DataTable(
      ["operation", "calls"],
      rows: entries.map { [.text($0.operation.description), .integer(Int64($0.entry.requests))] })
  }

  /// The sentence below the plan.
  func planSentence(isNew: Bool) -> String {
    let calls = entries.reduce(0) { $0 + $1.entry.requests }
    let start =
      isNew
      ? "nothing is known yet: the first run also asks about what these calls find"
      : "at least \(calls) calls, judging by the database"
    return start + ". A list takes one more call for each further page; new items take one call for every 100 jobs, "
      + "tasks, instances or types; each type takes one for list prices and one or more for Spot prices"
  }

  /// One row per operation.
  var table: DataTable {
    DataTable(
      ["operation", "calls", "again", "throttled", "mb", "waiting_seconds", "held_back_seconds"],
      rows: entries.map { operation, entry in
        [
          .text(operation.description), .integer(Int64(entry.requests)), .integer(Int64(entry.retries)),
          .integer(Int64(entry.throttles)), .real(tenths(Double(entry.bytes) / 1e6)),
          .real(tenths(entry.waitingSeconds)), .real(tenths(entry.heldSeconds)),
        ]
      })
  }

  private func seconds(_ value: Double) -> String { "\(tenths(value)) s" }
  private func megabytes(_ bytes: Int) -> String { "\(tenths(Double(bytes) / 1e6)) MB" }
  private func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
