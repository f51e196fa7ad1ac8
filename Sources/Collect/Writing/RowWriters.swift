import Store

/// The writers of one transaction, each made with the first row of its table.
struct RowWriters {
  private let connection: Connection
  private var upserts: [Upsert?] = Array(repeating: nil, count: Table.allCases.count)
  private var jobs: JobWriter?
  private var usage: UsageWriter?
  private var samples: [Int] = []

  init(_ connection: Connection) { self.connection = connection }

  /// Writes the row at a position of the page; attempts go with their job.
  mutating func write(_ index: Int, _ rows: PageRows) throws {
    let table = rows.rows[index].table
    switch table {
    case .job: try jobWriter().write(index, rows, connection)
    case .attempt: break
    case .taskUsageSample:
      try usageWriter().write(record: rows.fields(of: index), rows)
      samples.append(index)
    case .taskUsageWindow:
      try usageWriter().write(window: rows.fields(of: index), rows)
      samples.append(index)
    default:
      guard let upsert = try upsert(table) else { return }
      let fields = rows.fields(of: index)
      assert(fields.count == table.layout?.columns.count, "\(table): a row lacks its last columns")
      try upsert.write { rows.bind(fields, to: $0) }
    }
  }

  /// Updates what is derived from the page's rows.
  mutating func finish(_ rows: PageRows) throws {
    guard let usage else { return }
    defer { samples.removeAll() }
    for index in samples { try usage.summarize(UnsafeBufferPointer(rebasing: rows.fields(of: index)[..<1]), rows) }
  }

  private mutating func upsert(_ table: Table) throws -> Upsert? {
    let index = Int(table.rawValue)
    if let upsert = upserts[index] { return upsert }
    guard let layout = table.layout else { return nil }
    let upsert = try Upsert(
      connection, into: layout.name, columns: layout.columns, key: layout.key, conflict: layout.conflict)
    upserts[index] = upsert
    return upsert
  }

  private mutating func jobWriter() throws -> JobWriter {
    if let jobs { return jobs }
    let made = try JobWriter(connection)
    jobs = made
    return made
  }

  private mutating func usageWriter() throws -> UsageWriter {
    if let usage { return usage }
    let made = try UsageWriter(connection)
    usage = made
    return made
  }
}
