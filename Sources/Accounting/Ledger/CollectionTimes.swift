import Domain
import Store

/// The time up to which each account and region was charged, stored with the ledger, so that the next build knows what
/// was cut off.
struct CollectionTimes {
  /// Milliseconds by row of `account_region`.
  private var times: [Int64: Int64] = [:]

  private static let setting = "collected_at_ms_by_place"

  init(_ connection: Connection, asOf: Instant?) throws {
    times = try WorldReader.places(connection, asOf: asOf).mapValues(\.asOf.milliseconds)
  }

  /// The times of the last build; none if there is no ledger.
  init(storedIn connection: Connection) throws {
    let stored = try connection.first("SELECT value FROM ledger_setting WHERE name = ?", Self.setting, of: String.self)
    for pair in (stored ?? "").split(separator: " ") {
      let numbers = pair.split(separator: ":").compactMap { Int64($0) }
      if numbers.count == 2 { times[numbers[0]] = numbers[1] }
    }
  }

  /// The name and value in `ledger_setting`.
  var stored: (name: String, value: String) {
    (Self.setting, times.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " "))
  }

  /// The earliest of the times.
  var earliest: Int64 { times.values.min() ?? 0 }

  func goBack(from other: CollectionTimes) -> Bool {
    times.contains { place, time in other.times[place].map { time < $0 } ?? false }
  }
}
