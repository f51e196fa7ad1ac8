import AWS
import Store

extension CallLog {
  /// How often AWS was asked, and how long that took: one sentence.
  func sentence(elapsed: Double) -> String {
    let all = entries.map(\.entry)
    let requests = all.reduce(0) { $0 + $1.requests }
    let retries = all.reduce(0) { $0 + $1.retries }
    let bytes = all.reduce(0) { $0 + $1.bytes }
    let again = retries > 0 ? ", \(retries) of them again" : ""
    return "asked AWS \(requests) times\(again) for \(megabytes(bytes)) in \(seconds(elapsed)); requests waited "
      + "\(seconds(all.reduce(0) { $0 + $1.waitingSeconds })) for answers and were held back "
      + "\(seconds(all.reduce(0) { $0 + $1.heldSeconds })), added up"
  }

  /// A row an operation.
  var table: QueryResult {
    QueryResult(
      columns: ["operation", "calls", "again", "throttled", "mb", "waiting_seconds", "held_back_seconds"],
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
