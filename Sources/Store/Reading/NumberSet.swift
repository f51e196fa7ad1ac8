import GRDB
import GRDBSQLite

/// A set of small numbers, such as rows of a table, with one bit each.
package final class NumberSet: @unchecked Sendable {
  // Filled before it is shared.
  private var words: ContiguousArray<UInt64>
  /// How many numbers it contains: O(1).
  package private(set) var count = 0

  /// - Parameter largest: the largest number that it can contain.
  package init(upTo largest: Int64) {
    words = ContiguousArray(repeating: 0, count: Int(max(0, largest)) >> 6 + 1)
  }

  /// Ignores numbers that are too large or negative.
  package func insert(_ number: Int64) {
    guard number >= 0, number >> 6 < words.count, !contains(number) else { return }
    words[Int(number >> 6)] |= 1 << UInt64(number & 63)
    count += 1
  }

  /// Any number may be asked for.
  ///
  /// - Complexity: O(1).
  package func contains(_ number: Int64) -> Bool {
    number >= 0 && number >> 6 < words.count && words[Int(number >> 6)] & 1 << UInt64(number & 63) != 0
  }

  /// In ascending order.
  package var members: [Int64] {
    var members: [Int64] = []
    members.reserveCapacity(count)
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(Int64(place) << 6 | Int64(rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return members
  }
}

extension Connection {
  /// Registers a function of one number that returns whether the set contains it: for large sets, many times faster
  /// than looking it up in a table. NULL is never in it.
  package func addSet(_ name: String, _ set: NumberSet) {
    sqlite3_create_function_v2(
      db.sqliteConnection, name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, Unmanaged.passRetained(set).toOpaque(),
      { context, _, values in
        guard let values, let set = sqlite3_user_data(context), sqlite3_value_type(values[0]) != SQLITE_NULL else {
          return sqlite3_result_int(context, 0)
        }
        let isIn = Unmanaged<NumberSet>.fromOpaque(set).takeUnretainedValue().contains(sqlite3_value_int64(values[0]))
        sqlite3_result_int(context, isIn ? 1 : 0)
      }, nil, nil,
      { set in if let set { Unmanaged<NumberSet>.fromOpaque(set).release() } })
  }
}
