import Domain
import Reporting

/// The total cost of the listed jobs, in one line.
struct JobTotal {
  let jobs: DataTable
  /// Their workflow run; nil for any jobs.
  let run: String?
  /// Whether they were chosen by days, which may hold a part of their attempts.
  let isOfDays: Bool

  let currency: Currency

  init(_ jobs: DataTable, run: String?, isOfDays: Bool = false, in currency: Currency) {
    (self.jobs, self.run, self.isOfDays, self.currency) = (jobs, run, isOfDays, currency)
  }

  /// Nil where nothing of what ran is priced.
  var cost: Money? {
    let isUnknown = tries > 0 && (jobs["cost_usd"] ?? []).allSatisfy(\.isNull)
    return isUnknown ? nil : sum("cost_usd")
  }
  var tries: Int { (jobs["tries"] ?? []).reduce(0) { $0 + Int($1.number ?? 0) } }

  /// `run brave_hopper: $13.30 for 105 jobs, arrays once, 301 tries; $0.37 of it lost with Spot hosts; 2 jobs not over`;
  /// `about $13.30` for a run that its client does not name.
  var line: String {
    let lost = sum("lost_usd")
    let isAbout = run != nil && (jobs["run_confidence"] ?? []).contains(.text("about"))
    let amount = cost.map { "\(isAbout ? "about " : "")\(usd($0))" } ?? "unknown cost"
    let arrays = (jobs["children"] ?? []).contains { !$0.isNull } ? ", arrays once" : ""
    var parts = ["\(amount) for \(counted(jobs.rowCount, "jobs"))\(arrays), \(counted(tries, "tries"))"]
    if isOfDays, jobs.rowCount > 0 { parts.append("all their attempts, also on other days") }
    if lost > .zero { parts.append("\(usd(lost)) of it lost with Spot hosts") }
    if jobs.rowCount > 0, lost == .zero, cost != nil { parts.append("\(currency.symbol)0 of it lost with Spot hosts") }
    for (word, text) in [
      ("so far", "not over"), ("not started", "not started"), ("host unknown", "on unknown hosts, not in it"),
      ("no price", "without a price, not in it"), ("partly priced", "with a part that has no price: at least this"),
    ] {
      let number = (jobs["sure"] ?? []).count { $0 == .text(word) }
      if number > 0 { parts.append("\(counted(number, "jobs")) \(text)") }
    }
    if isAbout { parts.append("its client names no run: jobs are assigned to it by time") }
    return "\(run.map { "run \($0)" } ?? "all"): \(parts.joined(separator: "; "))"
  }

  private func sum(_ column: String) -> Money {
    (jobs[column] ?? []).reduce(Money.zero) { if case .money(let money) = $1 { $0 + money } else { $0 } }
  }

  private func usd(_ money: Money) -> String {
    let text = grouped(money.dollars, places: 2)
    return money > .zero && text == "0.00" ? "<\(currency.symbol)0.01" : currency.symbol + text
  }
}
