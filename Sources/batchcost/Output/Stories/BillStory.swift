import Accounting
import Domain
import Reporting
import Store

/// A reconciliation for people.
enum BillStory {
  /// The columns that say something to people; the lines' names say which are totals and which are unexplained.
  static func forReading(_ statement: DataTable) -> DataTable {
    let names = ["what", "instances", "cost_usd", "share"].filter { statement.index(of: $0) != nil }
    return DataTable(names: names, columns: names.compactMap { statement[$0] })
  }

  /// One sentence for each witness of the Spot price rule.
  static func evidence(_ result: DataTable) -> [String] {
    (0..<result.rowCount).compactMap { row in
      guard case .text(let source)? = result[row, "source"], case .integer(let subjects)? = result[row, "subjects"],
        case .integer(let moved)? = result[row, "moved"], case .integer(let first)? = result[row, "fit_instance_hour"],
        case .integer(let second)? = result[row, "fit_continuous"]
      else { return nil }
      let (witness, things) =
        source == "feed" ? ("the Spot data feed", "instance-hours") : ("the bill", "Spot instances")
      let seen = counted(Int(subjects), things)
      if moved == 0 { return "Spot price rule, by \(witness): no price changed while its \(seen) ran" }
      return "Spot price rule, by \(witness): of \(seen), the price of \(moved) changed; "
        + "\(first) fit the price at the start of the instance-hour, \(second) the price at each moment"
    }
  }

  /// Why nothing was compared.
  static func nothingHeld(_ reach: BillReach) -> String {
    reason(reach) + (reach.hasShares ? "; for the shares of tasks see `batchcost query billed-task-cost`" : "")
  }

  private static func reason(_ reach: BillReach) -> String {
    guard let bill = reach.bill else {
      return "nothing was compared: no bill with usage of instances or tasks was imported; import one with --bill"
    }
    guard let ledger = reach.ledger else { return "nothing was compared: the ledger is empty" }
    return
      "nothing was compared: no line of the bill in this period can be compared with the ledger. The bill has usage of "
      + "\(words(bill)); the ledger has \(words(ledger))"
  }

  private static func words(_ extent: BillReach.Extent) -> String {
    let names = extent.accounts.prefix(5).joined(separator: ", ")
    let more = extent.accounts.count > 5 ? " and \(extent.accounts.count - 5) more" : ""
    let account = extent.accounts.isEmpty ? "unnamed accounts" : "account \(names)\(more)"
    return "\(account) from \(extent.from) to \(extent.to + -1)"
  }

  /// The unexplained cost, whatever its sign, as a share of the bill.
  static func unexplained(_ result: DataTable, in currency: Currency) -> (text: String, share: Double) {
    var amount: Int64 = 0
    var billed: Int64 = 0
    for row in 0..<result.rowCount {
      guard case .money(let cost)? = result[row, "absolute_usd"] else { continue }
      if result[row, "is_explained"] == .integer(0) { amount += cost.nanodollars }
      if result[row, "what"] == .text("Bill, effective cost of Batch") { billed = cost.nanodollars }
    }
    let share = billed == 0 ? (amount == 0 ? 0 : 1) : Double(abs(amount)) / Double(abs(billed))
    let percent = decimalString(Int64((share * 1e6).rounded()), places: 4)
    return ("\(currency.symbol)\(Money(nanodollars: amount)), \(percent)%", share)
  }
}
