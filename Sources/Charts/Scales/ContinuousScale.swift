/// A scale from numbers or times to a range of points: linear, log, power, symlog or time.
struct ContinuousScale: Equatable {
  enum Kind: Equatable {
    case linear
    case log(base: Double)
    case power(Double)
    case symlog(Double)
    case time

    func transform(_ value: Double) -> Double {
      switch self {
      case .linear, .time: value
      case .log: value > 0 ? Math.log(value) : value < 0 ? -Math.log(-value) : -.infinity
      case .power(let exponent): value < 0 ? -Math.pow(-value, exponent) : Math.pow(value, exponent)
      case .symlog(let constant): value < 0 ? -Math.log1p(-value / constant) : Math.log1p(value / constant)
      }
    }

    func invert(_ value: Double) -> Double {
      switch self {
      case .linear, .time: value
      case .log: Math.exp(value)
      case .power(let exponent): value < 0 ? -Math.pow(-value, 1 / exponent) : Math.pow(value, 1 / exponent)
      case .symlog(let constant): value < 0 ? -Math.expm1(-value) * constant : Math.expm1(value) * constant
      }
    }
  }

  var kind: Kind
  /// At least two values; more make the scale piecewise.
  var domain: [Double]
  var range: [Double]
  var clamp = false
  /// The edges of bins, which then are the ticks.
  var bins: [Double]?

  var isTime: Bool { kind == .time }
  var isLog: Bool { if case .log = kind { true } else { false } }

  func position(_ value: Double) -> Double {
    let pieces = min(domain.count, range.count)
    guard pieces >= 2 else { return range.first ?? 0 }
    var piece = 0
    let rising = domain[0] <= domain[domain.count - 1]
    while piece < pieces - 2, rising ? value > domain[piece + 1] : value < domain[piece + 1] { piece += 1 }
    let (from, to) = (kind.transform(domain[piece]), kind.transform(domain[piece + 1]))
    var share =
      to == from ? (value == domain[piece] && isTime ? 0.5 : 0.5) : (kind.transform(value) - from) / (to - from)
    if clamp { share = max(0, min(1, share)) }
    return range[piece] + share * (range[piece + 1] - range[piece])
  }

  func invert(_ position: Double) -> Double {
    let (start, end) = (range[0], range[range.count - 1])
    let (from, to) = (kind.transform(domain[0]), kind.transform(domain[domain.count - 1]))
    return kind.invert(from + (end == start ? 0 : (position - start) / (end - start)) * (to - from))
  }

  /// The domain widened so that `pixels` are free at each end of a range of `length`.
  func padded(by pixels: Double, length: Double) -> ContinuousScale {
    guard pixels > 0, length > 2 * pixels, domain.count >= 2 else { return self }
    let (from, to) = (kind.transform(domain[0]), kind.transform(domain[domain.count - 1]))
    let extra = (to - from) * pixels / (length - 2 * pixels)
    var copy = self
    copy.domain[0] = kind.invert(from - extra)
    copy.domain[domain.count - 1] = kind.invert(to + extra)
    return copy
  }

  func nice(count: Double = 10, interval: TimeInterval? = nil) -> ContinuousScale {
    guard let first = domain.first, let last = domain.last, domain.count >= 2 else { return self }
    var copy = self
    var (low, high) = (min(first, last), max(first, last))
    switch kind {
    case .time:
      let interval = interval ?? TimeInterval.ticks(low, high, count: count)
      (low, high) = (interval.floor(low), interval.ceil(high))
    case .log(let base):
      if low > 0 {
        low = Math.pow(base, Self.exponent(low, base).rounded(.down))
        high = Math.pow(base, Self.exponent(high, base).rounded(.up))
      }
    default: (low, high) = Ticks.nice(low, high, count: count)
    }
    (copy.domain[0], copy.domain[domain.count - 1]) = first <= last ? (low, high) : (high, low)
    return copy
  }

  static func exponent(_ value: Double, _ base: Double) -> Double {
    if base == 10 { return Math.log10(value) }
    let exponent = Math.log(value) / Math.log(base)
    // Whole powers are whole, despite rounding errors.
    return abs(exponent - exponent.rounded()) < 1e-12 ? exponent.rounded() : exponent
  }
}
