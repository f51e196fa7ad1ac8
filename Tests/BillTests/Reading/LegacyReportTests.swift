import Accounting
import Collect
import Domain
import Store
import TestSupport
import Testing

@testable import Collect

/// Legacy CUR as AWS delivers it: a manifest with `reportKeys`, gzipped chunks under a folder per month, slashes in
/// names.
@Suite struct LegacyReports {
  /// Column names of the old report and of CUR 2.0.
  private let names = [
    ("identity/LineItemId", ""), ("bill/PayerAccountId", "bill_payer_account_id"),
    ("lineItem/UnblendedCost", "line_item_unblended_cost"), ("lineItem/UsageAmount", "line_item_usage_amount"),
    ("bill/BillingPeriodStartDate", "bill_billing_period_start_date"),
    ("lineItem/LineItemType", "line_item_line_item_type"), ("lineItem/UsageType", "line_item_usage_type"),
    ("lineItem/ProductCode", "line_item_product_code"), ("lineItem/Operation", "line_item_operation"),
    ("lineItem/UsageStartDate", "line_item_usage_start_date"), ("lineItem/UsageEndDate", "line_item_usage_end_date"),
    ("lineItem/UsageAccountId", "line_item_usage_account_id"),
    ("savingsPlan/SavingsPlanEffectiveCost", "savings_plan_savings_plan_effective_cost"),
    ("pricing/publicOnDemandCost", "pricing_public_on_demand_cost"), ("lineItem/ResourceId", "line_item_resource_id"),
    ("resourceTags/aws:batch:job-queue", "resource_tags"), ("reservation/EffectiveCost", "reservation_effective_cost"),
  ]

  private let columns = SmallAccount.header.split(separator: ",").map(String.init)

  /// A row of `SmallAccount` in the order of `names`; `tag` is Batch's mark.
  private func legacy(_ row: String, tag: String = "") -> String {
    let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return names.map { _, name in
      if name == "resource_tags" { return tag }
      return columns.firstIndex(of: name).map { fields[$0] } ?? "id"
    }.joined(separator: ",")
  }

  private func gzip(_ name: String, _ lines: [String], in folder: TemporaryFolder) throws {
    try folder.add(name, "")
    let file = try PackedFile(path: folder.path + "/" + name)
    try file.write(Array((lines.joined(separator: "\n") + "\n").utf8))
    try file.close()
  }

  @Test(arguments: [false, true])
  func manifest(shouting: Bool) async throws {
    let folder = try TemporaryFolder()
    let header = names.map(\.0).joined(separator: ",")
    let month = "reports/batch/20261001-20261101"
    let assembly = "b1c5a0de-0001"
    try gzip(
      "\(month)/\(assembly)/batch-1.csv.gz",
      [
        shouting ? header.uppercased() : header,
        legacy(
          SmallAccount.row(
            "i-0a", "2026-10-05T09", amount: "1", cost: "0.1", type: "SavingsPlanCoveredUsage", publicCost: "0.1",
            effective: "0.072")),
      ], in: folder)
    try gzip(
      "\(month)/\(assembly)/batch-2.csv.gz",
      [header, legacy(SmallAccount.row("i-0marked", "2026-10-05T09", amount: "1", cost: "0.2"), tag: "gpu")],
      in: folder)
    // An older assembly, which the month's manifest no longer names; nothing in its name says that it is old.
    try gzip(
      "\(month)/f0000000-0000/batch-1.csv.gz",
      [header, legacy(SmallAccount.row("i-0a", "2026-10-05T09", amount: "1", cost: "9"))], in: folder)
    let manifest = """
      {"assemblyId":"\(assembly)","account":"999900001111","reportName":"batch","compression":"GZIP",
       "billingPeriod":{"start":"20261001T000000.000Z","end":"20261101T000000.000Z"},"bucket":"b",
       "reportKeys":["\(month)/\(assembly)/batch-1.csv.gz","\(month)/\(assembly)/batch-2.csv.gz"]}
      """
    // AWS writes it twice: in the month's folder and in the assembly's.
    try folder.add("\(month)/batch-Manifest.json", manifest)
    try folder.add("\(month)/\(assembly)/batch-Manifest.json", manifest)
    if shouting {
      try folder.add(
        "\(month)/f0000000-0000/batch-Manifest.json",
        manifest.replacing(assembly, with: "f0000000-0000").replacing(
          #","\#(month)/f0000000-0000/batch-2.csv.gz""#, with: ""))
    }
    let account = try SmallAccount()
    try account.addInstance("i-0a", launched: "2026-10-05T09:00:00Z", ended: "2026-10-05T10:00:00Z")
    let summary = try await BillImporter().importBills(paths: [folder.path], database: account.database)
    #expect(summary.files == 2)
    #expect(
      try account.database.lines("SELECT resource, charge, invoiced, effective FROM bill_line ORDER BY resource")
        == ["i-0a|1|100000000|72000000", "i-0marked|0|200000000|200000000"])
    #expect(try account.database.lines("SELECT format, rows, version FROM bill") == ["cur|2|1"])
  }
}
