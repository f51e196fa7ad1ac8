/// Reads a decimal (`12.5`, `-0.25`, `3.5E-7`) as an integer count of 10^-places, rounding digits beyond that half to
/// even. Nil for anything that is not a decimal, or that does not fit into `Int64`.
package func parseDecimal(_ text: some StringProtocol, places: Int) -> Int64? {
  var digits: [UInt8] = []
  var negative = false
  var pointAt: Int?
  var exponent = 0
  var bytes = text.utf8.makeIterator()
  var byte = bytes.next()
  if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
    negative = byte == UInt8(ascii: "-")
    byte = bytes.next()
  }
  while let current = byte {
    switch current {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if digits.count > 60 { return nil }
      digits.append(current - UInt8(ascii: "0"))
    case UInt8(ascii: "."):
      if pointAt != nil { return nil }
      pointAt = digits.count
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      if digits.isEmpty { return nil }
      var rest: [UInt8] = []
      while let next = bytes.next() { rest.append(next) }
      guard let power = Int(String(decoding: rest, as: UTF8.self)), abs(power) < 100 else { return nil }
      exponent = power
      byte = nil
      continue
    default: return nil
    }
    byte = bytes.next()
  }
  guard !digits.isEmpty else { return nil }
  // The value is digits × 10^scale; keep the digits down to 10^-places.
  let scale = exponent - (digits.count - (pointAt ?? digits.count)) + places
  var value: Int64 = 0
  func push(_ digit: UInt8) -> Bool {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, overflow2) = product.addingReportingOverflow(Int64(digit))
    value = sum
    return !overflow && !overflow2
  }
  let kept = scale >= 0 ? digits.count : max(0, digits.count + scale)
  for digit in digits[..<kept] where !push(digit) { return nil }
  if scale >= 0 {
    if value != 0 { for _ in 0..<scale where !push(0) { return nil } }
  } else if digits.count + scale >= 0, kept < digits.count {
    let next = digits[kept]
    let beyond = digits[(kept + 1)...].contains { $0 != 0 }
    if next > 5 || (next == 5 && (beyond || value & 1 == 1)) {
      let (sum, overflow) = value.addingReportingOverflow(1)
      if overflow { return nil }
      value = sum
    }
  }
  return negative ? -value : value
}

/// Writes a count of 10^-places as a plain decimal without trailing zeros: `decimalString(1_500, places: 3)` is `1.5`.
package func decimalString(_ value: Int64, places: Int) -> String {
  let magnitude = String(value.magnitude)
  let sign = value < 0 ? "-" : ""
  let padded = String(repeating: "0", count: max(0, places + 1 - magnitude.count)) + magnitude
  let whole = padded.dropLast(places)
  var fraction = padded.suffix(places)
  while fraction.last == "0" { fraction.removeLast() }
  return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
}
