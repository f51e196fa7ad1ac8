extension ContinuousScale {
  func ticks(count: Double, interval: TimeInterval? = nil) -> [Double] {
    guard let first = domain.first, let last = domain.last else { return [] }
    let (low, high) = (min(first, last), max(first, last))
    let ticks: [Double]
    switch kind {
    case .time:
      let interval = interval ?? TimeInterval.ticks(low, high, count: count)
      ticks = interval.range(low, high)
    case .log(let base): ticks = logTicks(low, high, base, count)
    default: ticks = Ticks.values(low, high, count: count)
    }
    return first <= last ? ticks : ticks.reversed()
  }

  /// Powers of the base, and if there are few, their multiples too.
  private func logTicks(_ low: Double, _ high: Double, _ base: Double, _ count: Double) -> [Double] {
    guard low > 0 else { return [] }
    let (from, to) = (Self.exponent(low, base), Self.exponent(high, base))
    if base == base.rounded(), to - from < count {
      var ticks: [Double] = []
      for power in stride(from: from.rounded(.down), through: to.rounded(.up), by: 1) {
        for multiple in stride(from: 1, to: base, by: 1) {
          let tick = power < 0 ? multiple / Math.pow(base, -power) : multiple * Math.pow(base, power)
          if tick < low { continue }
          if tick > high { break }
          ticks.append(tick)
        }
      }
      if Double(ticks.count) * 2 < count { return Ticks.values(low, high, count: count) }
      return ticks
    }
    return Ticks.values(from, to, count: min(to - from, count)).map { Math.pow(base, $0) }
  }

  /// The label of a tick if the spec has no format.
  func label(_ value: Double, count: Double) -> String {
    guard let first = domain.first, let last = domain.last else { return "" }
    switch kind {
    case .time: return TimeFormat.tick(value)
    case .log(let base):
      return isLabelled(value, base: base, count: count) ? Self.variable(value) : ""
    default:
      let (low, high) = (min(first, last), max(first, last))
      let step = abs(Ticks.step(low, high, count: count))
      guard step > 0, step.isFinite else { return Self.variable(value) }
      let digits = max(0, -Int(bounded: Math.log10(step).rounded(.down)))
      // Steps of 2.5 or 0.25 cannot occur, so the exponent is enough.
      var format = NumberFormat.grouped
      format.precision = digits
      return format.string(value)
    }
  }

  func label(_ value: Double, count: Double, format: NumberFormat) -> String {
    if case .log(let base) = kind, !isLabelled(value, base: base, count: count) { return "" }
    guard format.precision == nil, !isLog, let first = domain.first, let last = domain.last else {
      return format.string(value)
    }
    var format = format
    let step = abs(Ticks.step(min(first, last), max(first, last), count: count))
    guard step > 0, step.isFinite else { return format.string(value) }
    let power = Int(bounded: Math.log10(step).rounded(.down))
    let largest = max(abs(first), abs(last))
    let top = largest > 0 ? Int(bounded: Math.log10(largest).rounded(.down)) : 0
    switch format.type {
    case "f": format.precision = max(0, -power)
    case "%": format.precision = max(0, -power - 2)
    case nil, "e"?, "g"?, "p"?, "r"?:
      let digits = max(0, Int(bounded: Math.log10(max(1e-300, largest - step)).rounded(.down)) - power) + 1
      format.precision = format.type == "e" ? max(0, digits - 1) : max(1, max(digits, top - power + 1))
    case "s":
      let third = max(-8, min(8, Int(bounded: (Double(top) / 3).rounded(.down)))) * 3
      return Self.prefixed(value, format, third: third, digits: max(0, third - power))
    default: break
    }
    return format.string(value)
  }

  /// All labels with the prefix of the largest: 0.5k, 1.0k.
  private static func prefixed(_ value: Double, _ format: NumberFormat, third: Int, digits: Int) -> String {
    let prefixes = ["y", "z", "a", "f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E", "Z", "Y"]
    var fixed = format
    fixed.type = "f"
    fixed.precision = digits
    return fixed.string(value / Math.pow(10, Double(third))) + prefixes[8 + third / 3]
  }

  private func isLabelled(_ value: Double, base: Double, count: Double) -> Bool {
    if count == .infinity { return true }
    let ticks = ticks(count: count)
    let limit = max(1, base * count / Double(max(1, ticks.count)))
    var share = value / Math.pow(base, (Math.log(value) / Math.log(base)).rounded())
    if share * base < base - 0.5 { share *= base }
    return share <= limit
  }

  private static func variable(_ value: Double) -> String {
    var format = NumberFormat.grouped
    format.type = nil
    return format.string(value)
  }
}

extension NumberFormat {
  /// `,f`.
  static var grouped: NumberFormat {
    var format = NumberFormat()
    format.comma = true
    format.type = "f"
    return format
  }

  init() {}
}
