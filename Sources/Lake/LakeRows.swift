import Base
import Store

/// Reads a table's rows: as lines of CSV, and as a digest for each file that shows whether its rows have changed.
struct LakeRows {
  /// The folder of a file: a row of `account_region`, 0 for none, and a day.
  struct Partition: Hashable {
    let place: Int64
    let day: Int64
  }

  /// The content of a file, independent of the order of its rows.
  struct Content: Equatable {
    var digest: UInt64 = 0
    var rows = 0
  }

  let table: LakeTable
  /// The collector's number in the lake.
  let collector: Int
  let places: [Int64: (account: String, region: String)]

  /// The content of each file. Values are digested as SQLite stores them, which takes a third of the time of writing them as
  /// text.
  func contents(_ connection: Connection) throws -> [Partition: Content] {
    var found: [Partition: Content] = [:]
    let columns = table.filed
    let seed = fnv(of: columns.map { "\($0.stored) \($0.kind.rawValue)" }.joined(separator: ",").utf8)
    // Rows of a file are mostly adjacent.
    var last = Partition(place: 0, day: 0)
    var content = Content()
    func close() {
      if content.rows == 0 { return }
      found[last, default: Content()].digest &+= content.digest
      found[last, default: Content()].rows += content.rows
      content = Content()
    }
    let values = columns.map { "t.\"\($0.name)\"" }
    try connection.scan((keys + values).joined(separator: ", "), from: table.source) { row in
      let partition = Partition(place: row.integer(0), day: row.integer(1))
      if partition != last {
        close()
        last = partition
      }
      var digest = RowDigest(seed)
      for (position, column) in columns.enumerated() { digest.add(row, position + 2, column.kind) }
      content.digest &+= digest.value
      content.rows += 1
    }
    close()
    // An empty file shows which columns there are.
    return found.isEmpty ? [Partition(place: 0, day: 0): Content(digest: seed)] : found
  }

  /// Writes the rows of the chosen files, with the folder's keys at the end of each row.
  func write(_ chosen: Set<Partition>, _ connection: Connection, to path: String) throws {
    let destination = Destination(path)
    let file = try destination.open()
    var buffer: [UInt8] = []
    buffer.reserveCapacity(1 << 20)
    var failure: Int32 = 0
    var last: Partition?
    var keys: [UInt8] = []
    try visit(chosen, connection) { partition, line in
      guard failure == 0 else { return }
      if partition != last {
        last = partition
        keys = folderKeys(partition)
      }
      buffer += line
      buffer += keys
      if buffer.count > 1 << 20 {
        failure = writeAll(buffer, to: file)
        buffer.removeAll(keepingCapacity: true)
      }
    }
    if failure == 0 { failure = writeAll(buffer, to: file) }
    closeFile(file)
    guard failure == 0 else {
      destination.discard()
      throw FileError(path, code: failure)
    }
    try destination.keep()
  }

  /// The folder that DuckDB makes for a partition.
  func folder(_ partition: Partition) -> String {
    let place = self.place(partition)
    switch table.reach {
    case .shared, .own: return ""
    case .placed: return "account=\(place.account.hiveEscaped)/region=\(place.region.hiveEscaped)"
    case .dated:
      return "account=\(place.account.hiveEscaped)/region=\(place.region.hiveEscaped)/day=\(partition.day)"
    }
  }

  private func place(_ partition: Partition) -> (account: String, region: String) {
    let place = places[partition.place]
    let (account, region) = (place?.account ?? "", place?.region ?? "")
    return (account.isEmpty ? "unknown" : account, region.isEmpty ? "unknown" : region)
  }

  private func folderKeys(_ partition: Partition) -> [UInt8] {
    let place = self.place(partition)
    var line: [UInt8] = []
    for key in table.partitions {
      line.append(UInt8(ascii: ","))
      switch key.name {
      case "account": line.appendQuoted(place.account.utf8)
      case "region": line.appendQuoted(place.region.utf8)
      default: line += "\(partition.day)".utf8
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  /// What determines a row's file, as SQL: its place and day.
  private var keys: [String] {
    [
      table.partitions.isEmpty ? "0" : "COALESCE(\(table.place), 0)",
      table.reach == .dated ? "COALESCE(\(table.day), 0)" : "0",
    ]
  }

  /// Every row of the chosen files as a line without its line end, and the file it belongs to.
  private func visit(
    _ chosen: Set<Partition>, _ connection: Connection, _ body: (Partition, [UInt8]) throws -> Void
  ) throws {
    let filed = table.filed
    let values = filed.map { column in
      let value = "t.\"\(column.name)\""
      guard column.shift > 0, collector > 0 else { return value }
      let shift = column.shift * Int64(collector)
      // 0 means none, and −id refers to another table.
      return
        "CASE WHEN \(value) > 0 THEN \(value) + \(shift) WHEN \(value) < 0 THEN \(value) - \(shift) ELSE \(value) END"
    }
    let order = table.columns.filter { $0.key > 0 }.sorted { $0.key < $1.key }.map { "t.\"\($0.name)\"" }
    let statement = try connection.prepare(
      "SELECT \((keys + values).joined(separator: ", ")) FROM \(table.source)"
        + (order.isEmpty ? "" : " ORDER BY \(order.joined(separator: ", "))"))
    var line: [UInt8] = []
    while try statement.step() {
      let partition = Partition(place: statement.integer(0), day: statement.integer(1))
      guard chosen.contains(partition) else { continue }
      line.removeAll(keepingCapacity: true)
      for (position, column) in filed.enumerated() {
        if position > 0 { line.append(UInt8(ascii: ",")) }
        line.append(statement, Int32(position + 2), column.kind)
      }
      try body(partition, line)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ statement: Statement, _ column: Int32, _ kind: LakeTable.Kind) {
    if statement.isNull(column) {
      self += [UInt8(ascii: "\\"), UInt8(ascii: "N")]
      return
    }
    switch kind {
    case .whole: append(contentsOf: "\(statement.integer(column))".utf8)
    case .real: append(contentsOf: "\(statement.real(column))".utf8)
    case .text: statement.withBytes(column) { appendQuoted($0) }
    }
  }

  fileprivate mutating func appendQuoted(_ bytes: some Sequence<UInt8>) {
    append(UInt8(ascii: "\""))
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}

extension String {
  /// As DuckDB writes a value in a folder's name: letters, digits and `_.-~` are unchanged.
  fileprivate var hiveEscaped: String {
    var text = ""
    for byte in utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.isASCII, scalar.properties.isAlphabetic || (48...57).contains(byte) || "_.-~".utf8.contains(byte) {
        text.unicodeScalars.append(scalar)
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.count < 2 ? "0" : "") + hex
      }
    }
    return text
  }
}

/// A number that two rows of a table share only by chance, one in 2^64.
private struct RowDigest {
  private(set) var value: UInt64

  init(_ seed: UInt64) { value = seed }

  mutating func add(_ row: ScannedRow, _ column: Int, _ kind: LakeTable.Kind) {
    if row.isNull(column) { return mix(0x4E55_4C4C) }
    switch kind {
    case .whole: mix(UInt64(bitPattern: row.integer(column)))
    case .real: mix(row.real(column).bitPattern)
    case .text: row.withBytes(column) { mix(fnv(of: $0, from: value)) }
    }
    // A value is never taken for NULL.
    mix(1)
  }

  /// All bits of a word reach all bits of the value.
  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x9E37_79B9_7F4A_7C15
    value ^= value >> 32
  }
}

/// FNV-1a, 64 bits.
private func fnv(of bytes: some Sequence<UInt8>, from seed: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
  var hash = seed
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
