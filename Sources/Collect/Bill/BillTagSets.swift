import Domain
import Store

/// The tags of a row.
struct BillTags {
  var id: Int64
  /// Whether one of them is Batch's own.
  var bearsMark: Bool
}

/// Tags of a bill's rows as rows of `tag_set`: a JSON object with sorted keys, each stored once.
struct BillTagSets {
  private let parser: JSONParser
  private let insert: Statement
  private let find: Statement
  private var seen: [UInt64: BillTags] = [:]
  private var scratch: [UInt8] = []

  /// The most tag sets that are cached; others are looked up again.
  private static let limit = 1 << 20

  init(_ connection: Connection) throws {
    do {
      parser = try JSONParser(maximumBytes: 1 << 24, maximumDepth: 8)
    } catch {
      throw CollectionError(path: "", reason: "the parser \(error.message)")
    }
    insert = try connection.prepare("INSERT INTO tag_set (tags) VALUES (?) ON CONFLICT DO NOTHING")
    find = try connection.prepare("SELECT id FROM tag_set WHERE tags = ?")
  }

  /// From the column with all tags as JSON, else from the columns with one tag each; nil if there are none.
  mutating func find(_ row: CSVReader, json: Int, columns: [(position: Int, key: String)]) -> BillTags? {
    var hash = json >= 0 ? row[json].fnv : 0
    if json < 0 { for column in columns { hash = (hash ^ row[column.position].fnv) &* 0x100_0000_01B3 } }
    if let known = seen[hash] { return known }
    let text = json >= 0 ? object(row.text(json)) : object(row, columns)
    guard let text, let id = try? id(of: text) else { return nil }
    let tags = BillTags(
      id: id,
      bearsMark: text.withUnsafeBytes {
        $0.contains("aws_batch") || $0.contains("aws:batch") || $0.contains("AWSBatch")
      })
    if seen.count >= Self.limit { seen.removeAll(keepingCapacity: true) }
    seen[hash] = tags
    return tags
  }

  private mutating func object(_ json: String) -> [UInt8]? {
    if json.isEmpty || json == "{}" { return nil }
    scratch = Array(json.utf8) + [UInt8](repeating: 0, count: JSONParser.padding)
    let count = json.utf8.count
    return scratch.withUnsafeBytes { bytes in
      guard let value = try? parser.parse(UnsafeRawBufferPointer(rebasing: bytes[..<count])) else { return nil }
      var tags = TagText()
      for (key, value) in value.members { if let text = value.text { tags.add(key, text) } }
      return tags.object()
    }
  }

  private mutating func object(_ row: CSVReader, _ columns: [(position: Int, key: String)]) -> [UInt8]? {
    var pairs: [(String, String)] = []
    for column in columns where !row[column.position].isEmpty { pairs.append((column.key, row.text(column.position))) }
    if pairs.isEmpty { return nil }
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for (key, value) in pairs {
      bytes.append(contentsOf: key.utf8)
      ends.append(bytes.count)
      bytes.append(contentsOf: value.utf8)
      ends.append(bytes.count)
    }
    return bytes.withUnsafeBufferPointer { all in
      var tags = TagText()
      var start = 0
      for index in stride(from: 0, to: ends.count, by: 2) {
        tags.add(
          JSONText(bytes: UnsafeBufferPointer(rebasing: all[start..<ends[index]])),
          JSONText(bytes: UnsafeBufferPointer(rebasing: all[ends[index]..<ends[index + 1]])))
        start = ends[index + 1]
      }
      return tags.object()
    }
  }

  private func id(of text: [UInt8]) throws -> Int64? {
    try text.withUnsafeBytes { bytes in
      insert.bind(bytes)
      try insert.run()
      find.bind(bytes)
      return try find.first(Int64.self)
    }
  }
}
