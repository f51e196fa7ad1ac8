import Foundation

/// A bill as Parquet, read through the `duckdb` program, which is no part of batchcost: it turns the columns that are
/// needed into CSV on a pipe.
///
/// Nothing of the file stands in the SQL that `duckdb` runs, neither its path nor a name: the file is its standard input,
/// and columns are chosen by their position.
struct ParquetSource {
  let path: String
  /// Nil where it is not installed.
  let program: String?

  init(path: String, program: String? = Self.program()) { (self.path, self.program) = (path, program) }

  /// Where `duckdb` is: `BATCHCOST_DUCKDB`, else the first on the `PATH`.
  static func program(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String? {
    if let named = environment["BATCHCOST_DUCKDB"], !named.isEmpty {
      return FileManager.default.isExecutableFile(atPath: named) ? named : nil
    }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/duckdb" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// - Parameter body: gets the rows, without a header, and what their columns are called in the file.
  func read(_ body: (CSVReader, BillColumns) throws -> Void) throws {
    guard let program else {
      throw CollectionError(
        path: path,
        reason: "is Parquet, which batchcost reads through duckdb: run `pipx install duckdb-cli==1.5.5`, or name the "
          + "program with BATCHCOST_DUCKDB")
    }
    let columns = try run(program, "DESCRIBE SELECT * FROM \(Self.source)") { reader in
      var columns: [(name: String, type: String)] = []
      while reader.next() { columns.append((reader.text(0), reader.text(1))) }
      return columns
    }
    let wanted = try columns.indices.filter { try isWanted(columns[$0].name) }
    if wanted.isEmpty { throw CollectionError(path: path, reason: "holds no columns of a CUR or of FOCUS") }
    let values = wanted.map { position in
      let type = columns[position].type
      return type.hasPrefix("MAP") || type.hasPrefix("STRUCT") ? "to_json(c\(position))" : "c\(position)"
    }
    let all = columns.indices.map { "c\($0)" }
    let sql = "SELECT \(values.joined(separator: ", ")) FROM \(Self.source) AS t(\(all.joined(separator: ", ")))"
    try run(program, sql) { try body($0, BillColumns(names: wanted.map { columns[$0].name })) }
  }

  /// Names of columns are compared without case and signs, but a name with signs that no export has is no export's.
  private func isWanted(_ name: String) throws -> Bool {
    guard Self.wanted.contains(BillColumns.key(name)) else { return BillColumns.tagKey(name) != nil }
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: " "):
        true
      default: false
      }
    }
    if isPlain { return true }
    throw CollectionError(path: path, reason: "has a column \"\(name)\", which no CUR or FOCUS export has")
  }

  private static let source = "read_parquet('/dev/stdin', hive_partitioning = false)"

  private func run<T>(_ program: String, _ sql: String, _ body: (CSVReader) throws -> T) throws -> T {
    guard let input = FileHandle(forReadingAtPath: path) else {
      throw CollectionError(path: path, reason: "cannot be read")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "-no-init", "-csv", "-noheader", "-nullvalue", "", "-c",
      "SET threads=1; SET autoinstall_known_extensions=false; SET memory_limit='256MB'",
      "-c", "SET TimeZone='UTC'", "-c", sql,
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = input
    do { try process.run() } catch {
      throw CollectionError(path: path, reason: "\(program) cannot be run: \(error.localizedDescription)")
    }
    let descriptor = dup(output.fileHandleForReading.fileDescriptor)
    do {
      let result = try body(CSVReader(ByteInput(descriptor: descriptor)))
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        let message = String(decoding: errors.fileHandleForReading.availableData.prefix(2000), as: UTF8.self)
          .replacing("/dev/stdin", with: path)
        throw CollectionError(path: path, reason: "duckdb: \(message.trimmingCharacters(in: .whitespacesAndNewlines))")
      }
      return result
    } catch {
      if process.isRunning { process.terminate() }
      throw error
    }
  }

  /// Column names of CUR and FOCUS that are read, without case and signs.
  private static let wanted: Set<String> = Set(
    [
      "bill_payer_account_id", "bill_billing_period_start_date", "identity_line_item_id", "line_item_usage_account_id",
      "line_item_line_item_type", "line_item_usage_start_date", "line_item_usage_end_date", "line_item_product_code",
      "line_item_usage_type", "line_item_operation", "line_item_resource_id", "line_item_usage_amount",
      "line_item_currency_code", "line_item_unblended_cost", "pricing_public_on_demand_cost",
      "savings_plan_savings_plan_effective_cost", "reservation_effective_cost", "savings_plan_savings_plan_a_r_n",
      "reservation_reservation_a_r_n", "split_line_item_split_cost",
      "split_line_item_unused_cost", "split_line_item_parent_resource_id", "resource_tags",
      "BilledCost", "EffectiveCost", "ListCost", "ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart",
      "BillingAccountId", "SubAccountId", "ServiceName", "x_ServiceCode", "x_UsageType", "x_Operation", "ResourceId",
      "ChargeCategory", "ChargeClass", "PricingCategory", "CommitmentDiscountCategory", "CommitmentDiscountType",
      "CommitmentDiscountStatus", "CommitmentDiscountId", "ConsumedQuantity", "ConsumedUnit", "BillingCurrency", "Tags",
    ].map(BillColumns.key))
}
