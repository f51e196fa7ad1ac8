import Foundation
import TestSupport

/// A bill for the mutated account's instance, spoiled: cells changed, columns and rows dropped or doubled, bytes cut
/// and flipped.
struct SpoiledBill: CustomStringConvertible {
  enum Kind: CaseIterable { case cur, focus, feed }

  let kind: Kind
  let bytes: [UInt8]
  /// The cells before bytes were spoiled, without header lines.
  let rows: [[String]]
  /// Whether only cells and whole rows were changed, so that every row must be accounted for.
  let isCellsAlone: Bool

  private struct Sheet {
    var head: [String]
    var rows: [[String]]
    var separator: String
    /// Lines before the header.
    var preamble = ""
  }

  private static let instance = "i-00000000000000001"

  private static let cur = Sheet(
    head: [
      "bill_payer_account_id", "bill_billing_period_start_date", "line_item_usage_account_id",
      "line_item_line_item_type",
      "line_item_product_code", "line_item_usage_type", "line_item_operation", "line_item_resource_id",
      "line_item_usage_start_date", "line_item_usage_end_date", "line_item_usage_amount", "line_item_unblended_cost",
      "pricing_public_on_demand_cost", "savings_plan_savings_plan_effective_cost", "reservation_effective_cost",
    ],
    rows: [10, 11, 12].map { hour in
      [
        "999900001111", "2026-10-01", "111122223333", hour == 11 ? "SavingsPlanCoveredUsage" : "Usage", "AmazonEC2",
        "EU-BoxUsage:c5.large", "RunInstances", instance, "2026-10-30T\(hour):00:00Z", "2026-10-30T\(hour + 1):00:00Z",
        "1", "0.096", "0.096", hour == 11 ? "0.07" : "", "",
      ]
    }, separator: ",")

  private static let focus = Sheet(
    head: [
      "BillingAccountId", "SubAccountId", "BillingPeriodStart", "ChargePeriodStart", "ChargePeriodEnd",
      "ChargeCategory",
      "ChargeClass", "PricingCategory", "ServiceName", "x_ServiceCode", "x_UsageType", "x_Operation", "ResourceId",
      "ConsumedQuantity", "ConsumedUnit", "BilledCost", "EffectiveCost", "ListCost", "BillingCurrency",
      "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountId", "CommitmentDiscountCategory",
      "Tags",
    ],
    rows: [10, 11, 12].map { hour in
      [
        "999900001111", "111122223333", "2026-10-01 00:00:00", "2026-10-30 \(hour):00:00",
        "2026-10-30 \(hour + 1):00:00",
        "Usage", "", "Standard", "Amazon Elastic Compute Cloud", "AmazonEC2", "EU-BoxUsage:c5.large", "RunInstances",
        instance, "1", "Hours", "0.096", "0.096", "0.096", "USD", "", "", "", "", "",
      ]
    }, separator: ",")

  private static let feed = Sheet(
    head: [
      "Timestamp", "UsageType", "Operation", "InstanceID", "MyBidID", "MyMaxPrice", "MarketPrice", "Charge", "Version",
    ],
    rows: [10, 11, 12].map { hour in
      [
        "2026-10-30 \(hour):59:59 UTC", "EU-SpotUsage:c5.large", "RunInstances:SV001", instance, "sir-1",
        "0.0400000000 USD",
        "0.0400000000 USD", "0.0400000000 USD", "1",
      ]
    }, separator: "\t", preamble: "#Version: 1.0\n")

  private static let extremes = [
    "", "0", "-1", "1e300", "9223372036854775807", "99999999999999999999999999", "NaN", "2083-01-01T00:00:00Z",
    "1970-01-01", "0001-01-01T00:00:00Z", "i-", "\u{0}", "\u{FFFF}", "=1+1", String(repeating: "9", count: 400), "USD",
    "0.000000000000000000000000001", "-0.096", "Usage", "Tax", "Credit", "\u{FEFF}x",
  ]

  init(_ random: inout SeededGenerator) {
    let kind = Kind.allCases.randomElement(using: &random) ?? .cur
    var sheet =
      switch kind {
      case .cur: Self.cur
      case .focus: Self.focus
      case .feed: Self.feed
      }
    for _ in 0..<Int.random(in: 1...3, using: &random) { Self.spoil(&sheet, &random) }
    let text = ([sheet.head] + sheet.rows).enumerated().map { index, cells in
      let line = cells.map(sheet.separator == "," ? Self.quoted : { $0 }).joined(separator: sheet.separator)
      return index == 0 && kind == .feed ? "#Fields: " + cells.joined(separator: " ") : line
    }.joined(separator: "\n")
    var bytes = Array((sheet.preamble + text + "\n").utf8)
    let spoilsBytes = Int.random(in: 0..<3, using: &random) == 0
    if spoilsBytes {
      let ways = Mutation.allCases.filter(\.isOfBytes)
      if let way = ways.randomElement(using: &random) { bytes = way.apply(to: bytes, other: bytes, &random) }
    }
    self.kind = kind
    self.bytes = bytes
    rows = sheet.rows
    isCellsAlone = !spoilsBytes
  }

  private static func spoil(_ sheet: inout Sheet, _ random: inout SeededGenerator) {
    guard !sheet.rows.isEmpty, !sheet.head.isEmpty else { return }
    let row = Int.random(in: sheet.rows.indices, using: &random)
    let column = Int.random(in: sheet.head.indices, using: &random)
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1, 2: sheet.rows[row][column] = extremes.randomElement(using: &random) ?? ""
    case 3: sheet.rows.append(sheet.rows[row])
    case 4: sheet.rows.remove(at: row)
    case 5:
      sheet.head.remove(at: column)
      for row in sheet.rows.indices { sheet.rows[row].remove(at: column) }
    default: sheet.rows[row].swapAt(column, Int.random(in: sheet.head.indices, using: &random))
    }
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains { $0 == "," || $0 == "\"" || $0 == "\n" } ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }

  /// As AWS names such a file.
  var name: String { kind == .feed ? "111122223333.2026-10-30-10.001.701aca70" : "bill.csv" }

  var description: String { "\(kind): \(String(decoding: bytes.prefix(3000), as: UTF8.self))" }
}
