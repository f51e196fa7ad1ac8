import Domain
import Store

/// One thing that batchcost needs or could use, and its state.
struct Checkup: Equatable {
  enum Status: String {
    case ok
    /// Needed, but missing or wrong.
    case missing
    /// AWS refuses it.
    case denied
    /// Could not be determined.
    case untested
    /// Not needed; the text says what is lost without it.
    case off
  }

  let status: Status
  /// `database`, `font`, `permission` …
  let check: String
  /// Which one: a file, an account and region, an action.
  let subject: String
  let message: String

  init(_ status: Status, _ check: String, _ subject: String, _ message: String) {
    (self.status, self.check, self.subject, self.message) = (status, check, subject, message)
  }

  /// Whether something must be done: exit status 3.
  var isFault: Bool { status == .missing || status == .denied }
}

extension [Checkup] {
  /// What must be done, in a line.
  var summary: String {
    let faults = filter(\.isFault)
    guard !faults.isEmpty else { return "Everything that batchcost needs is there." }
    let kinds = Dictionary(grouping: faults, by: \.check).sorted { $0.key < $1.key }
      .map { $0.value.count == 1 ? $0.key : "\($0.key) (\($0.value.count))" }
    return "\(faults.count) of \(count) checks fail: \(kinds.joined(separator: ", "))."
  }

  var table: DataTable {
    DataTable(
      ["status", "check", "subject", "message"],
      rows: map { [.text($0.status.rawValue), .text($0.check), .text($0.subject), .text($0.message)] })
  }
}
