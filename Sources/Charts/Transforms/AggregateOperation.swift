import Domain

/// Reduces many values to one number.
enum AggregateOperation: String, CaseIterable, Sendable {
  case count, valid, missing, distinct, sum, product, mean, average, variance, variancep, stdev, stdevp, stderr
  case median, q1, q3, min, max

  /// Ignores nulls, except for `count` and `missing`.
  func apply(_ values: [Cell]) -> Cell {
    switch self {
    case .count: return .real(Double(values.count))
    case .valid: return .real(Double(values.lazy.filter(\.isValid).count))
    case .missing: return .real(Double(values.lazy.filter { !$0.isValid }.count))
    case .distinct: return .real(Double(Set(values).count))
    default: break
    }
    let numbers = values.compactMap(\.quantity)
    if self == .sum { return .real(numbers.reduce(0, +)) }
    if numbers.isEmpty {
      // The least and greatest of names, and of times not yet parsed, are by their order.
      guard self == .min || self == .max, values.contains(where: \.isValid) else { return .null }
      let known = values.filter(\.isValid)
      return (self == .min ? known.min(by: Cell.ascending) : known.max(by: Cell.ascending)) ?? .null
    }
    switch self {
    case .product: return .real(numbers.reduce(1, *))
    case .mean, .average: return .real(numbers.reduce(0, +) / Double(numbers.count))
    case .variance: return .real(Self.variance(numbers, degrees: numbers.count - 1))
    case .variancep: return .real(Self.variance(numbers, degrees: numbers.count))
    case .stdev: return .real(Self.variance(numbers, degrees: numbers.count - 1).squareRoot())
    case .stdevp: return .real(Self.variance(numbers, degrees: numbers.count).squareRoot())
    case .stderr:
      return .real((Self.variance(numbers, degrees: numbers.count - 1) / Double(numbers.count)).squareRoot())
    case .median: return .real(Self.quantile(numbers, 0.5))
    case .q1: return .real(Self.quantile(numbers, 0.25))
    case .q3: return .real(Self.quantile(numbers, 0.75))
    case .min: return numbers.min().map { .real($0) } ?? .null
    case .max: return numbers.max().map { .real($0) } ?? .null
    default: return .null
    }
  }

  /// Whether values of parts add up to the value of the whole.
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
