import Base
import Foundation

/// A bill as Parquet, read with the program `duckdb`, which does not come with batchcost: it converts the required
/// columns to CSV on a pipe.
///
/// The SQL that `duckdb` runs contains nothing from the file, neither its path nor a name: the file is standard input,
/// and columns are selected by position.
struct ParquetSource {
  let path: String
  /// Nil if it is not installed.
  let program: Program?
  /// How many seconds it may print nothing.
  var patience = 600.0

  init(path: String, program: Program? = .duckDB()) { (self.path, self.program) = (path, program) }

  /// - Parameters:
  ///   - stop: ends the reading, and the program.
  ///   - body: receives the rows, without a header, and the file's column names.
  func read(stop: StopSign, _ body: (CSVReader, BillColumns) throws -> Void) throws {
    guard let program else {
      throw CollectionError(
        path: path,
        reason: "is Parquet, which batchcost reads through duckdb: \(Program.duckDBRemedy)")
    }
    let columns = try run(program, "DESCRIBE SELECT * FROM \(Self.source)", stop) { reader in
      var columns: [(name: String, type: String)] = []
      while reader.next() { columns.append((reader.text(0), reader.text(1))) }
      if let fault = reader.fault { throw CollectionError(path: path, reason: "duckdb: \(fault)") }
      return columns
    }
    let wanted = try wanted(columns.map(\.name))
    try refuseWideDecimals(program, Set(wanted.map { columns[$0].name }), stop)
    let values = wanted.map { position in
      let type = columns[position].type
      return type.hasPrefix("MAP") || type.hasPrefix("STRUCT") ? "to_json(c\(position))" : "c\(position)"
    }
    let all = columns.indices.map { "c\($0)" }
    let sql = "SELECT \(values.joined(separator: ", ")) FROM \(Self.source) AS t(\(all.joined(separator: ", ")))"
    try run(program, sql, stop) { try body($0, BillColumns(names: wanted.map { columns[$0].name })) }
  }

  /// DuckDB has no decimals of more than 38 digits and reads them as doubles; 1.5.6 makes most of them too large by powers
  /// of 256 (`findings/duckdb-wide-decimals.sh`).
  private func refuseWideDecimals(_ program: Program, _ wanted: Set<String>, _ stop: StopSign) throws {
    let sql = "SELECT precision > 38, name FROM parquet_schema('/dev/stdin')"
    let wide = try run(program, sql, stop) { reader in
      var names: [String] = []
      while reader.next() { if reader.text(0) == "true" { names.append(reader.text(1)) } }
      return names
    }
    guard let name = wide.first(where: wanted.contains) else { return }
    throw CollectionError(
      path: path,
      reason: "has \(name) as decimals of more than 38 digits, which duckdb cannot read; write it with 38 at most")
  }

  /// The positions of the columns that a reader of bills asks for.
  ///
  /// Column names are compared without case and punctuation, but a name with punctuation that no export has is
  /// rejected.
  private func wanted(_ names: [String]) throws -> [Int] {
    let columns = BillColumns(names: names)
    if try BillCUR(columns, path: path) == nil, try BillFOCUS(columns, path: path) == nil {
      throw CollectionError(path: path, reason: "has no columns of a CUR or of FOCUS")
    }
    let tags = Set(columns.tags.map(\.position))
    let keys = Set(columns.needed.filter { !tags.contains($0) }.map { BillColumns.key(names[$0]) })
    for name in names where keys.contains(BillColumns.key(name)) && !Self.isPlain(name) {
      throw CollectionError(path: path, reason: "has a column \"\(name)\", which no CUR or FOCUS export has")
    }
    return columns.needed
  }

  private static func isPlain(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: " "):
        true
      default: false
      }
    }
  }

  private static let source = "read_parquet('/dev/stdin', hive_partitioning = false)"

  private func run<T>(
    _ program: Program, _ sql: String, _ stop: StopSign, _ body: (CSVReader) throws -> T
  ) throws -> T {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw CollectionError(path: path, reason: String(cString: strerror(errno))) }
    let arguments = [
      "-no-init", "-csv", "-noheader", "-nullvalue", "", "-c",
      "SET threads=1; SET autoinstall_known_extensions=false; SET memory_limit='256MB'",
      "-c", "SET TimeZone='UTC'", "-c", sql,
    ]
    let output = try ProgramOutput(of: program, arguments, input: file)
    return try stop.watch(by: output.cancel) {
      let result = Result { try body(CSVReader(ByteInput(descriptor: output.descriptor, patience: patience))) }
      if case .failure = result { output.cancel() }
      let ended = Result { try output.end(patience: patience) }
      try stop.check()
      let value = try result.get()
      do {
        guard let failure = try ended.get().failure else { return value }
        let message = try ended.get().errors.replacing("/dev/stdin", with: path)
          .trimmingCharacters(in: .whitespacesAndNewlines).prefix(2000)
        throw CollectionError(path: path, reason: "duckdb: \(message.isEmpty ? failure[...] : message)")
      } catch let fault as Program.Fault {
        throw CollectionError(path: path, reason: "\(program.path) \(fault.reason)")
      }
    }
  }
}
