/// Names of columns in running text, and their values by the endings that tell the unit: `cost_usd`, `half_seconds`,
/// `vcpu_share`.
enum ColumnWords {
  private enum Unit: String, CaseIterable {
    case money = "usd"
    case seconds, share
  }

  private static func unit(of column: String) -> Unit? {
    Unit.allCases.first { column == $0.rawValue || column.hasSuffix("_\($0.rawValue)") }
  }

  /// `cost_usd` is "cost", `vcpu_share` "vCPU".
  static func words(_ column: String) -> String {
    let unit = unit(of: column)
    let parts = column.split(separator: "_").map(String.init)
    let kept = parts.count > 1 && unit != nil ? parts.dropLast() : parts[...]
    let spelled = ["vcpu": "vCPU", "vcpus": "vCPUs", "gpu": "GPU", "gpus": "GPUs", "gib": "GiB"]
    return kept.map { spelled[$0] ?? $0 }.joined(separator: " ")
  }

  /// A value that is the name of a column, or a day as a query gives it.
  static func value(_ text: String) -> String {
    let digits = text.split(separator: "-").map { Int($0) }
    if text.count == 10, digits.count == 3, let year = digits[0], let month = digits[1], let day = digits[2],
      (1...12).contains(month), (1...31).contains(day), year > 1000
    {
      return "\(day) \(ChartLocale.current.months[month - 1].prefix(3))"
    }
    return unit(of: text) != nil && text.contains("_") ? words(text) : text
  }

  /// Nil if the column's name tells no unit.
  static func amount(_ value: Double, _ column: String) -> String? {
    switch unit(of: column) {
    case .money?:
      let size = abs(value)
      if size > 0, size < 0.005 { return "less than \(NumberFormat("$,.2f")?.string(0.01) ?? "")" }
      return NumberFormat(size < 10 ? "$,.2f" : "$,.0f")?.string(value)
    case .share?: return NumberFormat(".0%")?.string(value)
    case .seconds?:
      if value < 60 { return "\(NumberFormat(".0f")?.string(value) ?? "") s" }
      if value < 3600 { return "\(NumberFormat(".0f")?.string(value / 60) ?? "") min" }
      return "\(NumberFormat(".1f")?.string(value / 3600) ?? "") h"
    case nil: return nil
    }
  }
}
