import Accounting
import Domain
import Store

/// What the explanations of all kinds of resources have in common.
enum ExplanationText {
  static func postings(_ postings: [ExplainedPosting], title: String = "Postings: who bears it", in currency: Currency)
    -> String
  {
    let rows = postings.map { row -> [Cell] in
      [
        .text(row.day.description), .text(row.account.name), .text(row.attempt), reserved(row.reserved),
        .text(seconds(row.milliseconds)), exact(row.cost), exact(row.onDemand),
      ]
    }
    let sums = [sum(postings.map(\.cost)), sum(postings.map(\.onDemand))]
    let total: [Cell] = [.text("sum"), .null, .null, .null, .null] + sums
    let table = DataTable(
      ["day", "account", "attempt", "reserved", "seconds", "cost_usd", "on_demand_usd"], rows: rows + [total])
    return "\(title)\n" + indented(TableWriter.write(table.named(in: currency)))
  }

  private static func reserved(_ resources: Resources?) -> Cell {
    guard let resources else { return .null }
    let gib = decimalString(resources.memoryMiB * 1000 / 1024, places: 3)
    let gpus = resources.gpus > 0 ? ", \(resources.gpus) GPU" : ""
    return .text("\(decimalString(resources.milliVCPUs, places: 3)) vCPU, \(gib) GiB\(gpus)")
  }

  /// Nil if no bill has a line for it.
  static func bill(_ bill: BillExplanation, in currency: Currency) -> String? {
    if bill.lines.isEmpty { return nil }
    let rows = bill.lines.map { line -> [Cell] in
      [
        .instant(line.start), .text(line.item), .text(line.type), .text(seconds(line.milliseconds)),
        exact(line.effective),
      ]
    }
    let sum = bill.lines.reduce(Money.zero) { $0 + $1.effective }
    let total: [Cell] = [.text("sum"), .null, .null, .null, exact(sum)]
    let table = DataTable(["hour", "item", "type", "usage_s", "effective_usd"], rows: rows + [total])
    let verdict =
      switch bill.reach {
      case .whole: "it replaces the charges above"
      case .part: "it replaces them in the hours that it covers; in the others the charges above stand"
      case .none: "it does not cover all of it: the charges above stand"
      }
    return "The bill: \(verdict)\n" + indented(TableWriter.write(table.named(in: currency)))
  }

  /// Money to the nanodollar: this is where people check.
  static func exact(_ money: Money?) -> Cell {
    guard let money else { return .text("unpriced") }
    let text = money.description
    let places = text.split(separator: ".").dropFirst().first?.count ?? 0
    return .text(text + (places == 0 ? "." : "") + String(repeating: "0", count: 9 - places))
  }

  /// The sum of what is priced; null, not zero, if nothing is.
  static func sum(_ amounts: [Money?]) -> Cell {
    let known = amounts.compactMap { $0 }
    return exact(amounts.isEmpty || !known.isEmpty ? known.reduce(.zero, +) : nil)
  }

  static func seconds(_ milliseconds: Int64) -> String { decimalString(milliseconds, places: 3) }

  static func indented(_ text: String) -> String { text.split(separator: "\n").map { "  \($0)\n" }.joined() }
}
