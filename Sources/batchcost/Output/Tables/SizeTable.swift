import Domain
import Insights
import Store

/// Size advice as rows with units in the columns' names.
enum SizeTable {
  static func result(_ advice: [SizeAdvice]) -> DataTable {
    DataTable(
      [
        "job_definition", "job_name_pattern", "status", "confidence", "measured_jobs", "vcpus_requested",
        "vcpus_used", "vcpus_advised", "memory_gib_requested", "memory_gib_used", "memory_gib_advised",
        "days_seen", "cost_usd", "saving_usd", "saving_usd_per_week", "killed_attempts",
      ], rows: advice.map(row))
  }

  /// What the money columns cover; empty if there are none.
  static func basis(_ advice: [SizeAdvice]) -> String {
    let days = advice.flatMap(\.days.keys)
    guard let first = days.min(), let last = days.max() else { return "" }
    return "cost_usd and saving_usd: everything collected, \(Day(number: first)) to \(Day(number: last)); "
      + "saving_usd_per_week: an average week, only where jobs began on \(SizeAdvice.leastDays) days or more, "
      + "\(SizeAdvice.leastSpan) or more from the first to the last"
  }

  private static func row(_ advice: SizeAdvice) -> [Cell] {
    let total = advice.total
    return [
      .text(advice.group.definition), advice.group.pattern.isEmpty ? .null : .text(advice.group.pattern),
      .text(advice.status.rawValue), .text(advice.confidence.rawValue), .integer(Int64(advice.samples)),
      vcpus(advice.requested), advice.used.map(vcpus) ?? .null, vcpus(advice.advised),
      gib(advice.requested), advice.used.map(gib) ?? .null, gib(advice.advised),
      .integer(Int64(advice.daysSeen)), money(total.cost, advice), money(total.net, advice),
      advice.netPerWeek.map { money($0, advice) } ?? .null,
      .integer(Int64(total.killed)),
    ]
  }

  /// An unknown cost stays unknown, never 0.
  private static func money(_ amount: Int64, _ advice: SizeAdvice) -> Cell {
    advice.isUnpriced ? .null : .money(Money(nanodollars: amount))
  }

  private static func vcpus(_ size: Resources) -> Cell { .real(Double(size.milliVCPUs) / 1000) }
  private static func gib(_ size: Resources) -> Cell { .real(Double(size.memoryMiB) / 1024) }
}
