import Foundation

/// A bill as Parquet, read through the `duckdb` program, which is no part of batchcost: it turns the columns that are
/// needed into CSV on a pipe.
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

  func read(_ body: (ByteInput) throws -> Void) throws {
    guard let program else {
      throw CollectionError(
        path: path,
        reason: "is Parquet, which batchcost reads through duckdb: run `pipx install duckdb-cli==1.5.5`, or name the "
          + "program with BATCHCOST_DUCKDB")
    }
    let described = try run(program, "DESCRIBE SELECT * FROM read_parquet(\(literal))") { input -> [(String, String)] in
      let reader = CSVReader(input)
      var columns: [(String, String)] = []
      guard reader.next() else { return [] }
      while reader.next() { columns.append((reader.text(0), reader.text(1))) }
      return columns
    }
    let selected = described.filter { isWanted($0.0) }.map { name, type in
      let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      return type.hasPrefix("MAP") || type.hasPrefix("STRUCT") ? "to_json(\(quoted)) AS \(quoted)" : quoted
    }
    if selected.isEmpty { throw CollectionError(path: path, reason: "holds no columns of a CUR or of FOCUS") }
    try run(program, "SELECT \(selected.joined(separator: ", ")) FROM read_parquet(\(literal))", body)
  }

  private func isWanted(_ name: String) -> Bool {
    Self.wanted.contains(BillColumns.key(name)) || name.lowercased().hasPrefix("resource_tags_")
  }

  private var literal: String { "'" + path.replacingOccurrences(of: "'", with: "''") + "'" }

  private func run<T>(_ program: String, _ sql: String, _ body: (ByteInput) throws -> T) throws -> T {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "-no-init", "-csv", "-nullvalue", "", "-c",
      "SET threads=1; SET autoinstall_known_extensions=false; SET memory_limit='256MB'",
      "-c", "SET TimeZone='UTC'", "-c", sql,
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    do { try process.run() } catch {
      throw CollectionError(path: path, reason: "\(program) cannot be run: \(error.localizedDescription)")
    }
    let descriptor = dup(output.fileHandleForReading.fileDescriptor)
    do {
      let result = try body(ByteInput(descriptor: descriptor))
      process.waitUntilExit()
      guard process.terminationStatus == 0 else {
        let message = String(decoding: errors.fileHandleForReading.availableData.prefix(2000), as: UTF8.self)
        throw CollectionError(path: path, reason: "duckdb: \(message.trimmingCharacters(in: .whitespacesAndNewlines))")
      }
      return result
    } catch {
      if process.isRunning { process.terminate() }
      throw error
    }
  }
}
