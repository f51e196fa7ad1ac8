import Domain

/// Values checked during reading: an invalid value becomes a finding and nil, and reading continues.
extension Page {
  @inline(__always) mutating func text(_ value: JSONValue?, _ path: @autoclosure () -> String) -> JSONText? {
    guard let value else { return nil }
    if let text = value.text { return text }
    if !value.isNull { findings.add(.wrongType, path(), "is not text") }
    return nil
  }

  /// A list; empty if there is none.
  mutating func list(_ value: JSONValue?, _ path: @autoclosure () -> String) -> JSONElements {
    guard let value else { return .none }
    if !value.isArray, !value.isNull { findings.add(.wrongType, path(), "is not a list") }
    return value.elements
  }

  mutating func object(_ value: JSONValue?, _ path: @autoclosure () -> String) -> JSONValue? {
    guard let value, !value.isNull else { return nil }
    if value.isObject { return value }
    findings.add(.wrongType, path(), "is not an object")
    return nil
  }

  @inline(__always) mutating func integer(_ value: JSONValue, _ path: @autoclosure () -> String) -> Int64? {
    value.integer ?? integerSlowly(value, path)
  }

  private mutating func integerSlowly(_ value: JSONValue, _ path: () -> String) -> Int64? {
    if value.isNull { return nil }
    // Logs Insights sometimes writes sums and counts as decimals: `360.0`.
    if let text = value.text?.string {
      if let integer = Int64(text) ?? Double(text).flatMap({ Int64(exactly: $0) }) { return integer }
    }
    if value.number != nil {
      findings.add(.absurdValue, path(), "is not a whole number, or too large")
    } else {
      findings.add(.wrongType, path(), "is not a whole number")
    }
    return nil
  }

  /// A whole number within a range: by default not negative and within 32 bits.
  mutating func quantity(
    _ value: JSONValue, _ path: @autoclosure () -> String, in range: ClosedRange<Int64> = 0...Int64(Int32.max)
  ) -> Int64? {
    guard let integer = integer(value, path()) else { return nil }
    guard range.contains(integer) else {
      findings.add(.absurdValue, path(), "\(integer) is not plausible")
      return nil
    }
    return integer
  }

  /// A moment in milliseconds, from milliseconds (Batch), seconds with a fraction (ECS, EC2) or ISO 8601 (the AWS CLI,
  /// EventBridge).
  @inline(__always) mutating func time(_ value: JSONValue, _ path: @autoclosure () -> String) -> Int64? {
    if let integer = value.integer, Plausible.times.contains(integer) { return integer }
    return timeSlowly(value, path)
  }

  private mutating func timeSlowly(_ value: JSONValue, _ path: () -> String) -> Int64? {
    if value.isNull { return nil }
    var milliseconds: Int64?
    if let text = value.text {
      milliseconds = Instant(iso8601: ArraySlice(text.buffer))?.milliseconds
      if milliseconds == nil { milliseconds = Double(text.string).flatMap(Self.milliseconds) }
      if milliseconds == nil {
        findings.add(.wrongType, path(), "is not a time")
        return nil
      }
    } else if let number = value.number {
      milliseconds = Self.milliseconds(number)
    } else {
      findings.add(.wrongType, path(), "is not a time")
      return nil
    }
    guard let milliseconds, Plausible.times.contains(milliseconds) else {
      findings.add(.absurdValue, path(), "is not a plausible time")
      return nil
    }
    return milliseconds
  }

  /// Seconds or milliseconds: 10¹¹ is the year 5138 in seconds, and 1973 in milliseconds.
  private static func milliseconds(_ number: Double) -> Int64? {
    Int64(exactly: (abs(number) < 1e11 ? number * 1000 : number).rounded())
  }

  /// A decimal in thousandths, as vCPUs are written: `"0.25"`, `"4"`, `4`, `"500m"`.
  mutating func thousandths(
    _ value: JSONValue, _ path: @autoclosure () -> String, in range: ClosedRange<Int64> = 0...Int64(Int32.max)
  ) -> Int64? {
    var result: Int64?
    if let text = value.text {
      result =
        text.buffer.last == UInt8(ascii: "m") ? Int64(text.slice(0, text.count - 1).string) : smallDecimal(text)
    } else if let integer = value.integer {
      let (product, overflow) = integer.multipliedReportingOverflow(by: 1000)
      result = overflow ? nil : product
    } else if let number = value.number {
      result = Int64(exactly: (number * 1000).rounded())
    } else if value.isNull {
      return nil
    } else {
      findings.add(.wrongType, path(), "is not a number")
      return nil
    }
    guard let result, range.contains(result) else {
      findings.add(.absurdValue, path(), "is not a plausible number")
      return nil
    }
    return result
  }

  /// An hourly price, or a price per unit and month.
  mutating func rate(_ amount: String, _ path: @autoclosure () -> String) -> Rate? {
    if let rate = Rate(decimal: amount), Plausible.rate.contains(rate.nanodollarsPerHour) { return rate }
    findings.add(.absurdValue, path(), "\(amount) is not a plausible price: it is left out")
    return nil
  }

  private func smallDecimal(_ text: JSONText) -> Int64? {
    // Most are whole numbers of a few digits.
    var value: Int64 = 0
    guard (1...9).contains(text.count) else { return parseDecimal(text.string, places: 3) }
    for byte in text.buffer {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return parseDecimal(text.string, places: 3) }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value * 1000
  }
}
