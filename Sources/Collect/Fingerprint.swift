import COpenSSL
import Domain
import Store

/// A digest of all facts in a database. Equal facts have equal digests, in whatever order and however often they were
/// collected, and whatever their row numbers.
///
/// Every row is written with names in place of row numbers and hashed with SHA-256; the hashes are added up,
/// independent of the order of rows. Checkpoints, findings and computed tables are left out.
/// - Complexity: O(rows)
package func fingerprint(_ database: Database) throws -> String {
  try database.read { connection in
    var sum = RowSum()
    for table in factTables { try sum.add(table, connection) }
    return sum.description
  }
}

/// The tables with facts.
let factTables = [
  "account_region", "compute_environment", "job_queue", "scheduling_policy", "job_definition",
  "job_definition_resource", "job_definition_address", "tag_set", "job_parent",
  "job", "attempt",
  "job_dependency", "job_bucket", "service_job", "training_job",
  "cluster", "container_instance", "task", "task_usage", "task_usage_sample", "task_usage_window",
  "capacity_reservation", "reservation_state", "capacity_block", "instance_description",
  "instance_address", "instance_event", "spot_request_event", "volume", "instance_type", "spot_price", "list_price",
  "spot_advice", "instance_host_name", "kubernetes_node", "job_usage", "gpu_usage", "task_gpu", "listed_object",
  "log_stream_day", "collection",
]

/// Columns with row numbers of other tables, and the names of those rows in documents; or columns that only distinguish
/// rows.
private let names = [
  "window_id": "NULL",
  "account_region": "(SELECT account || ' ' || region FROM account_region AS n WHERE n.id = t.account_region)",
  "job_queue": "(SELECT arn FROM job_queue AS n WHERE n.id = t.job_queue)",
  "job_definition": "(SELECT arn FROM job_definition AS n WHERE n.id = t.job_definition)",
  "tag_set": "(SELECT tags FROM tag_set AS n WHERE n.id = t.tag_set)",
  "parent": "(SELECT job_id FROM job_parent AS n WHERE n.id = t.parent)",
  "job": "(SELECT job_id FROM job AS n WHERE n.id = t.job)",
  "cluster": """
  (SELECT account || ' ' || region || ' ' || n.name FROM cluster AS n JOIN account_region AS a
    ON a.id = n.account_region WHERE n.id = t.cluster)
  """,
  "container_instance": """
  (SELECT account || ' ' || region || ' ' || c.name || ' ' || n.name FROM container_instance AS n
    JOIN cluster AS c ON c.id = n.cluster JOIN account_region AS a ON a.id = c.account_region
    WHERE n.id = t.container_instance)
  """,
]

/// SHA-256 hashes of rows, added up as 256-bit numbers.
private struct RowSum: CustomStringConvertible {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  private var bytes: [UInt8] = []

  mutating func add(_ table: String, _ connection: Connection) throws {
    let columns = try connection.column(
      "SELECT name FROM pragma_table_info(?) WHERE name <> 'id'", table, of: String.self)
    let values = columns.map { names[$0] ?? "t.\($0)" }.joined(separator: ", ")
    let rows = try connection.prepare("SELECT \(values) FROM \(table) AS t")
    while try rows.step() {
      bytes = Array(table.utf8)
      for column in columns.indices { append(rows.cell(Int32(column))) }
      addHash()
    }
  }

  private mutating func append(_ cell: Cell) {
    // The type before, and a zero after, so that adjacent texts stay separate.
    switch cell {
    case .null: bytes.append(1)
    case .integer(let value): bytes.append(contentsOf: [2] + String(value).utf8)
    case .real(let value): bytes.append(contentsOf: [3] + String(value).utf8)
    case .text(let text): bytes.append(contentsOf: [4] + text.utf8)
    case .money(let money): bytes.append(contentsOf: [2] + String(money.nanodollars).utf8)
    case .instant(let instant): bytes.append(contentsOf: [2] + String(instant.milliseconds).utf8)
    case .boolean(let value): bytes.append(contentsOf: [2] + (value ? "1" : "0").utf8)
    }
    bytes.append(0)
  }

  private mutating func addHash() {
    var hash = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
    _ = SHA256(bytes, bytes.count, &hash)
    let (a, b, c, d) = hash.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
    var carry = false
    func sum(_ x: UInt64, _ y: UInt64) -> UInt64 {
      let (first, over1) = x.addingReportingOverflow(y)
      let (second, over2) = first.addingReportingOverflow(carry ? 1 : 0)
      carry = over1 || over2
      return second
    }
    let w3 = sum(words.3, d)
    let w2 = sum(words.2, c)
    let w1 = sum(words.1, b)
    words = (sum(words.0, a), w1, w2, w3)
  }

  var description: String {
    [words.0, words.1, words.2, words.3].map { word in
      let text = String(word, radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
  }
}
