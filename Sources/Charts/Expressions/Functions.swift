import Domain

extension Expression.Function {
  func apply(_ arguments: [Cell]) -> Cell {
    let first = arguments.first ?? .null
    let second = arguments.count > 1 ? arguments[1] : .null
    let third = arguments.count > 2 ? arguments[2] : .null
    switch self {
    case .abs: return .real(Swift.abs(first.coerced))
    case .min: return .real(Self.extreme(arguments, .infinity, <))
    case .max: return .real(Self.extreme(arguments, -.infinity, >))
    case .round: return .real(first.coerced.jsRounded)
    case .floor: return .real(first.coerced.rounded(.down))
    case .ceil: return .real(first.coerced.rounded(.up))
    case .log: return .real(Math.log(first.coerced))
    case .exp: return .real(Math.exp(first.coerced))
    case .sqrt: return .real(first.coerced.squareRoot())
    case .pow: return .real(Math.pow(first.coerced, second.coerced))
    case .sin: return .real(Math.sin(first.coerced))
    case .cos: return .real(Math.cos(first.coerced))
    case .clamp: return .real(Swift.max(second.coerced, Swift.min(third.coerced, first.coerced)))
    case .isNaN: return .boolean(first.coerced.isNaN)
    case .isFinite: return .boolean(first.coerced.isFinite)
    case .isValid: return .boolean(first.isValid)
    case .isNumber, .isDate: if case .real = first { return .boolean(true) } else { return .boolean(false) }
    case .isString: return .boolean(first.isText)
    case .toNumber: return first == .null ? .null : .real(first.coerced)
    case .toString: return first == .null ? .null : .text(first.string)
    case .toBoolean: return first == .null ? .null : .boolean(first.isTrue)
    case .inrange:
      let (low, high) = (Swift.min(second.coerced, third.coerced), Swift.max(second.coerced, third.coerced))
      return .boolean(low <= first.coerced && first.coerced <= high)
    case .format:
      if first == .null { return .text("null") }
      return .text(NumberFormat(second.string)?.string(first.coerced) ?? first.string)
    case .timeFormat, .utcFormat:
      if first == .null { return .text("null") }
      // Text is not a time, whatever it contains; toDate converts it.
      let time = first.coerced
      return .text(
        second == .null && time.isFinite
          ? TimeFormat.tick(time) : TimeFormat.string(time, second == .null ? "%Y" : second.string))
    case .if, .random, .now: return .null
    case .length, .substring, .slice, .indexof, .replace, .upper, .lower, .trim, .pad, .truncate, .split:
      return applyToText(first, second, third)
    default: return applyToTime(arguments)
    }
  }

  /// The least or greatest; NaN if one is not a number.
  private static func extreme(_ values: [Cell], _ none: Double, _ isBefore: (Double, Double) -> Bool) -> Double {
    values.map(\.coerced).reduce(none) { $0.isNaN || $1.isNaN ? .nan : isBefore($1, $0) ? $1 : $0 }
  }

  private func applyToText(_ first: Cell, _ second: Cell, _ third: Cell) -> Cell {
    let text = Array(first.string)
    switch self {
    case .length: return .real(Double(text.count))
    case .upper: return .text(first.string.uppercased())
    case .lower: return .text(first.string.lowercased())
    case .substring, .slice:
      let place = { (value: Cell, fallback: Int) -> Int in
        guard let number = value.quantity, number.isFinite else { return fallback }
        let index = Int(Swift.max(-1e9, Swift.min(1e9, number)))
        return Swift.max(0, Swift.min(text.count, index < 0 && self == .slice ? text.count + index : index))
      }
      let (start, end) = (place(second, 0), place(third, text.count))
      return .text(
        String(text[Swift.min(start, end)..<(self == .slice ? Swift.max(start, end) : Swift.max(start, end))]))
    case .indexof:
      let wanted = Array(second.string)
      let starts = 0...Swift.max(0, text.count - wanted.count)
      let found = starts.first { text[$0...].starts(with: wanted) }
      return .real(Double(found ?? -1))
    case .replace:
      guard let range = first.string.firstRange(of: second.string) else { return first }
      return .text(first.string.replacingCharacters(in: range, with: third.string))
    case .trim:
      return .text(String(first.string.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()))
    case .pad:
      let length = Int(Swift.max(0, Swift.min(1000, second.coerced)))
      let fill = third == .null ? " " : third.string
      return .text(first.string + String(repeating: fill, count: Swift.max(0, length - text.count)))
    case .truncate:
      let length = Int(Swift.max(1, Swift.min(10_000, second.coerced)))
      return .text(text.count > length ? String(text.prefix(length - 1)) + "…" : first.string)
    default: return .null
    }
  }

  private func applyToTime(_ arguments: [Cell]) -> Cell {
    if self == .datetime || self == .utc || self == .time || self == .toDate {
      if arguments.count < 2 {
        guard let first = arguments.first, first != .null else { return .null }
        return .real(first.time ?? .nan)
      }
      let parts =
        arguments.map { Int(Swift.max(-1e9, Swift.min(1e9, $0.coerced.isNaN ? 0 : $0.coerced))) } + [0, 0, 0, 0, 0]
      let day = arguments.count > 2 ? parts[2] : 1
      let clock = arguments.count > 3 ? Array(parts[3...]) : [0, 0, 0, 0]
      let civil = CivilTime(
        year: parts[0], month: parts[1], day: day, hour: clock[0], minute: clock[1], second: clock[2],
        millisecond: clock[3])
      return .real(civil.time)
    }
    guard let time = arguments.first?.time else { return .real(.nan) }
    let civil = CivilTime(time)
    switch self {
    case .year, .utcyear: return .real(Double(civil.year))
    case .quarter, .utcquarter: return .real(Double(civil.month / 3 + 1))
    case .month, .utcmonth: return .real(Double(civil.month))
    case .date, .utcdate: return .real(Double(civil.day))
    case .day, .utcday: return .real(Double(civil.weekday))
    case .hours, .utchours: return .real(Double(civil.hour))
    case .minutes, .utcminutes: return .real(Double(civil.minute))
    case .seconds, .utcseconds: return .real(Double(civil.second))
    case .milliseconds, .utcmilliseconds: return .real(Double(civil.millisecond))
    case .dayofyear: return .real(Double(civil.dayOfYear + 1))
    case .week: return .real(Double((civil.dayOfYear + 7 - civil.weekday) / 7))
    default: return .null
    }
  }
}

extension String {
  func firstRange(of pattern: String) -> Range<String.Index>? {
    if pattern.isEmpty { return nil }
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(pattern) { return start..<index(start, offsetBy: pattern.count) }
      start = index(after: start)
    }
    return nil
  }

  func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
