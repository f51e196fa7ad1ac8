/// One number for many values.
enum AggregateOperation: String, CaseIterable, Sendable {
  case count, valid, missing, distinct, sum, product, mean, average, variance, variancep, stdev, stdevp, stderr
  case median, q1, q3, min, max

  /// Nulls are left out, but for `count` and `missing`.
  func apply(_ values: [Value]) -> Value {
    switch self {
    case .count: return .number(Double(values.count))
    case .valid: return .number(Double(values.lazy.filter(\.isValid).count))
    case .missing: return .number(Double(values.lazy.filter { !$0.isValid }.count))
    case .distinct: return .number(Double(Set(values).count))
    default: break
    }
    let numbers = values.compactMap(\.number)
    if self == .sum { return .number(numbers.reduce(0, +)) }
    if numbers.isEmpty {
      // The least and greatest of names, as of times not yet parsed, are theirs by order.
      guard self == .min || self == .max, values.contains(where: \.isValid) else { return .null }
      let known = values.filter(\.isValid)
      return (self == .min ? known.min(by: Value.ascending) : known.max(by: Value.ascending)) ?? .null
    }
    switch self {
    case .product: return .number(numbers.reduce(1, *))
    case .mean, .average: return .number(numbers.reduce(0, +) / Double(numbers.count))
    case .variance: return .number(Self.variance(numbers, degrees: numbers.count - 1))
    case .variancep: return .number(Self.variance(numbers, degrees: numbers.count))
    case .stdev: return .number(Self.variance(numbers, degrees: numbers.count - 1).squareRoot())
    case .stdevp: return .number(Self.variance(numbers, degrees: numbers.count).squareRoot())
    case .stderr:
      return .number((Self.variance(numbers, degrees: numbers.count - 1) / Double(numbers.count)).squareRoot())
    case .median: return .number(Self.quantile(numbers, 0.5))
    case .q1: return .number(Self.quantile(numbers, 0.25))
    case .q3: return .number(Self.quantile(numbers, 0.75))
    case .min: return numbers.min().map { .number($0) } ?? .null
    case .max: return numbers.max().map { .number($0) } ?? .null
    default: return .null
    }
  }

  /// Whether parts of a whole may be added up to it.
  var isSum: Bool { [.count, .sum, .valid, .missing].contains(self) }

  private static func variance(_ numbers: [Double], degrees: Int) -> Double {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    return degrees < 1 ? 0 : numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(degrees)
  }

  /// By linear interpolation between order statistics (d3, R's type 7).
  static func quantile(_ numbers: [Double], _ share: Double) -> Double {
    let sorted = numbers.sorted()
    let place = Double(sorted.count - 1) * share
    let low = Int(place)
    let high = Swift.min(low + 1, sorted.count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}
