import Store

/// Finds the row of every reference, and inserts it if there is none: a thing may be named before it is described.
///
/// Numbers are cached for the life of the connection, because rows of these tables are never deleted; call `forget`
/// after a failed transaction.
struct ReferenceWriter {
  private var known = References()
  /// By index in `known`; 0 if not yet found.
  private var rows: [Int64] = []

  mutating func forget() {
    known = References()
    rows = []
  }

  /// The numbers of a page's references, by their index.
  mutating func numbers(_ page: Page, _ connection: Connection) throws -> [Int64] {
    var statements = Statements(connection)
    var numbers: [Int64] = []
    numbers.reserveCapacity(page.references.count)
    try page.references.visit { kind, text, hash in
      numbers.append(try number(kind, text, hash: hash, &statements))
    }
    return numbers
  }

  private mutating func number(
    _ kind: Reference.Kind, _ text: JSONText, hash: UInt64, _ statements: inout Statements
  ) throws -> Int64 {
    let index = known.index(kind, text, hash: hash)
    if index == rows.count { rows.append(0) }
    if rows[index] == 0 { rows[index] = try find(kind, text.string, &statements) }
    return rows[index]
  }

  private mutating func number(_ kind: Reference.Kind, _ text: String, _ statements: inout Statements) throws -> Int64 {
    var text = text
    return try text.withUTF8 { bytes in
      let text = JSONText(bytes: bytes)
      return try number(kind, text, hash: text.hash(seed: UInt64(kind.rawValue)), &statements)
    }
  }

  private mutating func find(_ kind: Reference.Kind, _ string: String, _ statements: inout Statements) throws -> Int64 {
    switch kind {
    case .accountRegion:
      let (region, account) = halves(string)
      return try statements.find(.accountRegion, [.text(account), .text(region)])
    case .jobQueue:
      let (place, resource) = parts(ofARN: string)
      let owner = try number(.accountRegion, place, &statements)
      return try statements.find(.jobQueue, [.text(string)], [.text(name(resource)), .integer(owner)])
    case .jobDefinition:
      let (place, resource) = parts(ofARN: string)
      let owner = try number(.accountRegion, place, &statements)
      let (name, revision) = nameAndRevision(name(resource))
      return try statements.find(
        .jobDefinition, [.text(string)], [.text(name), .integer(revision), .integer(owner)])
    case .cluster:
      let colons = string.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      let place = colons.prefix(2).joined(separator: ":")
      let owner = try number(.accountRegion, place, &statements)
      return try statements.find(.cluster, [.integer(owner), .text(colons.count > 2 ? colons[2] : "")])
    case .containerInstance:
      let (place, resource) = parts(ofARN: string)
      let pieces = resource.split(separator: "/").map(String.init)
      let cluster = try number(.cluster, "\(place):\(pieces.count > 2 ? pieces[1] : "")", &statements)
      return try statements.find(.containerInstance, [.integer(cluster), .text(name(resource))])
    case .tagSet: return try statements.find(.tagSet, [.text(string)])
    case .jobParent: return try statements.find(.jobParent, [.text(string)])
    }
  }

  private func halves(_ text: String) -> (String, String) {
    guard let colon = text.firstIndex(of: ":") else { return (text, "") }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]))
  }

  private func parts(ofARN arn: String) -> (place: String, resource: String) {
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6 else { return (":", arn) }
    return ("\(parts[3]):\(parts[4])", parts[5])
  }

  private func name(_ resource: String) -> String {
    resource.lastIndex(of: "/").map { String(resource[resource.index(after: $0)...]) } ?? resource
  }

  private func nameAndRevision(_ text: String) -> (String, Int64) {
    guard let colon = text.lastIndex(of: ":"), let revision = Int64(text[text.index(after: colon)...]) else {
      return (text, 0)
    }
    return (String(text[..<colon]), revision)
  }
}

/// Looks up rows by their natural key.
private struct Statements {
  /// A table whose rows are found by `key` and inserted with `rest`.
  struct Target {
    let table: String
    let key: [String]
    var rest: [String] = []

    static let accountRegion = Target(table: "account_region", key: ["account", "region"])
    static let jobQueue = Target(table: "job_queue", key: ["arn"], rest: ["name", "account_region"])
    static let jobDefinition = Target(
      table: "job_definition", key: ["arn"], rest: ["name", "revision", "account_region"])
    static let cluster = Target(table: "cluster", key: ["account_region", "name"])
    static let containerInstance = Target(table: "container_instance", key: ["cluster", "name"])
    static let tagSet = Target(table: "tag_set", key: ["tags"])
    static let jobParent = Target(table: "job_parent", key: ["job_id"])
  }

  enum Value {
    case integer(Int64)
    case text(String)
  }

  private let connection: Connection
  private var prepared: [String: (select: Statement, insert: Statement)] = [:]

  init(_ connection: Connection) { self.connection = connection }

  mutating func find(_ target: Target, _ key: [Value], _ rest: [Value] = []) throws -> Int64 {
    let (select, insert) = try statements(target)
    bind(key, to: select)
    if let number = try select.first(Int64.self) { return number }
    bind(key + rest, to: insert)
    try insert.run()
    return connection.lastInsertedRow
  }

  private func bind(_ values: [Value], to statement: Statement) {
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(let integer): statement.bind(integer, at: Int32(index + 1))
      case .text(let text): statement.bind(text, at: Int32(index + 1))
      }
    }
  }

  private mutating func statements(_ target: Target) throws -> (select: Statement, insert: Statement) {
    if let found = prepared[target.table] { return found }
    let condition = target.key.map { "\($0) = ?" }.joined(separator: " AND ")
    let columns = target.key + target.rest
    let made = (
      select: try connection.prepare("SELECT id FROM \(target.table) WHERE \(condition)"),
      insert: try connection.prepare(
        "INSERT INTO \(target.table) (\(columns.joined(separator: ", "))) "
          + "VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))")
    )
    prepared[target.table] = made
    return made
  }
}
