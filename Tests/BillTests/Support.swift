import Domain
import Foundation
import Store
import TestSupport

@testable import Accounting
@testable import Collect

let fortnight = Repository.fortnight
let nextflow = Repository.path("Tests/Fixtures/nextflow")
let wideDecimalBill = Repository.path("Tests/Fixtures/parquet/wide-decimals.parquet")

extension Database {
  /// A named query's rows, in the columns asked for.
  func rows(_ name: String, _ columns: [String], _ parameters: [String: String] = [:]) throws -> [String] {
    try read { connection in
      let all = ["from": "2000-01-01", "to": "2100-01-01"].merging(parameters) { $1 }
      let result = try connection.rows(try QueryLibrary().query(name), parameters: all)
      return result.rows.indices.map { row in
        columns.map { column in
          switch result[row, column] {
          case .real(let value)?: "\(value)"
          case .null?: "-"
          case let cell?: cell.plain
          case nil: "?"
          }
        }.joined(separator: "|")
      }
    }
  }

  /// The lines by which the bill differs, in the statement's order.
  func statement() throws -> [String] { try rows("bill-difference", ["what", "instances", "cost_usd"]) }

  func execute(_ sql: String) throws { try write { try $0.execute(sql) } }
}

/// An account with instances of one type, c5.large: On-Demand at $0.10, on Spot $0.04, then $0.05 from 10:30.
struct SmallAccount: Sendable {
  let database: Database
  private let folder: TemporaryFolder

  /// - Parameter path: of its database.
  init(path: String = ":memory:") throws {
    folder = try TemporaryFolder()
    database = try Database(path: path)
    try database.execute(
      """
      INSERT INTO account_region VALUES (1, '111122223333', 'eu-west-1');
      INSERT INTO collection VALUES (1, 'test', \(Self.time("2026-10-09T00:00:00Z")));
      INSERT INTO instance_type (name, milli_vcpus, memory_mib) VALUES ('c5.large', 2000, 4096);
      INSERT INTO list_price VALUES
        ('eu-west-1', 'AmazonEC2', 'c5.large', 'Linux', 'Shared', 0, 100000000, 'Hrs', 'price-list');
      INSERT INTO spot_price VALUES
        (1, 'eu-west-1a', 'c5.large', 'Linux/UNIX', 0, 40000000),
        (1, 'eu-west-1a', 'c5.large', 'Linux/UNIX', \(Self.time("2026-10-05T10:30:00Z")), 50000000);
      """)
  }

  /// One of Batch's instances, described by EC2, with events for the ends given.
  func addInstance(
    _ id: String, launched: String, ended: String? = nil, running: String? = nil, isSpot: Bool = false,
    isBatch: Bool = true, lastSeen: Bool = false
  ) throws {
    let tags = isBatch ? "'{\"AWSBatchServiceTag\":\"batch\"}'" : "NULL"
    let end = ended.map { lastSeen ? "NULL" : String(Self.time($0)) } ?? "NULL"
    try database.execute(
      """
      INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, lifecycle,
        usage_operation, launched_at_ms, state, state_transition_at_ms, tags, progress, digest)
      VALUES ('\(id)', 'ec2', 1, 'c5.large', 'eu-west-1a', \(isSpot ? "'spot'" : "NULL"), 'RunInstances',
        \(Self.time(launched)), '\(ended == nil ? "running" : "terminated")', \(end), \(tags), 0, 0)
      """)
    if let running {
      try database.execute(
        "INSERT INTO instance_event VALUES ('\(id)', 'running', \(Self.time(running)), 'event', 1)")
    }
  }

  /// Imports CUR 2.0 rows in the columns of `header`, and builds the ledger.
  @discardableResult
  func reconcile(
    _ rows: [String], header: String = SmallAccount.header, mayBeOlder: Bool = false
  ) async throws -> [String] {
    let path = try folder.add("bill.csv", ([header] + rows).joined(separator: "\n") + "\n")
    _ = try await BillImporter(mayBeOlder: mayBeOlder).importBills(paths: [path], database: database)
    try Ledger.build(database)
    return try database.statement()
  }

  static let header =
    "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,"
    + "line_item_product_code,line_item_usage_type,line_item_operation,line_item_resource_id,"
    + "line_item_usage_start_date,line_item_usage_end_date,line_item_usage_amount,line_item_unblended_cost,"
    + "pricing_public_on_demand_cost,savings_plan_savings_plan_effective_cost,reservation_effective_cost,resource_tags"

  /// A row of usage in the hour that starts at `hour`, such as `2026-10-05T10`.
  ///
  /// - Parameters:
  ///   - effective: under a Savings Plan.
  ///   - reserved: effective cost under a reservation.
  static func row(
    _ id: String, _ hour: String, amount: String, cost: String, type: String = "Usage",
    item: String = "EU-BoxUsage:c5.large", product: String = "AmazonEC2", publicCost: String = "",
    effective: String = "", reserved: String = "", tags: String = ""
  ) -> String {
    let start = Instant("\(hour):00:00Z") ?? Instant(milliseconds: 0)
    let end = Instant(milliseconds: start.milliseconds + 3_600_000)
    let quoted = tags.isEmpty ? "" : "\"" + tags.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    return [
      "999900001111", "2026-10-01T00:00:00.000Z", "111122223333", type, product, item, "RunInstances:SV001", id,
      start.description, end.description, amount, cost, publicCost, effective, reserved, quoted,
    ].joined(separator: ",")
  }

  static func time(_ text: String) -> Int64 { Instant(text)?.milliseconds ?? 0 }
}
