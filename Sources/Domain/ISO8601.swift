/// Times as AWS writes them, read byte by byte: `Foundation`'s formatters cost a thousand times as much.
extension Instant {
  /// Reads `2026-10-19T00:19:59Z`, with or without seconds and fractions of them, with a space for the `T`, and with
  /// `Z`, `UTC`, `GMT`, `+00:00`, `+0200`, `+02` or `+0000 UTC` at the end, with or without a space before it; nil for
  /// anything else. Fractions beyond milliseconds are cut.
  package init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    self.init(iso8601: bytes[...])
  }

  package init?(iso8601 bytes: ArraySlice<UInt8>) {
    guard bytes.count >= 10, let day = parseDay(bytes.prefix(10)) else { return nil }
    var rest = bytes.dropFirst(10)
    if rest.isEmpty {
      self = day.start
      return
    }
    guard rest.first == UInt8(ascii: "T") || rest.first == UInt8(ascii: " ") else { return nil }
    rest = rest.dropFirst()
    guard rest.count >= 5, let hour = twoDigits(rest), let minute = twoDigits(rest.dropFirst(3)),
      rest[rest.startIndex + 2] == UInt8(ascii: ":"), hour < 24, minute < 60
    else { return nil }
    rest = rest.dropFirst(5)
    var second = 0
    if rest.first == UInt8(ascii: ":") {
      guard let seconds = twoDigits(rest.dropFirst()), seconds < 61 else { return nil }
      second = seconds
      rest = rest.dropFirst(3)
    }
    var fraction: Int64 = 0
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      var scale: Int64 = 100
      guard let first = rest.first, isDigit(first) else { return nil }
      while let byte = rest.first, isDigit(byte) {
        fraction += Int64(byte - UInt8(ascii: "0")) * scale
        scale /= 10
        rest = rest.dropFirst()
      }
    }
    guard let offset = parseOffset(rest) else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second) - offset
    self.init(milliseconds: day.start.milliseconds + seconds * 1000 + fraction)
  }
}

extension Instant: CustomStringConvertible {
  /// `2026-10-19T00:19:59Z`, with milliseconds where they are not zero.
  package var description: String {
    let inDay = floorModulo(milliseconds, millisecondsPerDay)
    let (hour, minute) = (Int(inDay / millisecondsPerHour), Int(inDay / 60_000 % 60))
    let (second, fraction) = (Int(inDay / 1000 % 60), Int(inDay % 1000))
    let clock = "\(day)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    return fraction == 0 ? clock + "Z" : "\(clock).\(padded(fraction, 3))Z"
  }
}

func parseDay(_ bytes: ArraySlice<UInt8>) -> Day? {
  let start = bytes.startIndex
  guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
    let century = twoDigits(bytes), let yearOfCentury = twoDigits(bytes.dropFirst(2)),
    let month = twoDigits(bytes.dropFirst(5)), let day = twoDigits(bytes.dropFirst(8)),
    (1...12).contains(month), day >= 1
  else { return nil }
  let year = century * 100 + yearOfCentury
  guard day <= Day.daysIn(year: year, month: month) else { return nil }
  return Day(year: year, month: month, day: day)
}

private func parseOffset(_ bytes: ArraySlice<UInt8>) -> Int64? {
  var bytes = bytes
  if bytes.first == UInt8(ascii: " ") { bytes = bytes.dropFirst() }
  switch String(decoding: bytes, as: UTF8.self) {
  case "", "Z", "z", "UTC", "GMT", "+0000 UTC": return 0
  default: break
  }
  guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
  var digits = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
  // `+00`, as DuckDB and PostgreSQL write it.
  if digits.count == 2 { digits += [UInt8(ascii: "0"), UInt8(ascii: "0")] }
  guard digits.count == 4, let hours = twoDigits(digits[...]), let minutes = twoDigits(digits.dropFirst(2)),
    hours < 24, minutes < 60
  else { return nil }
  let seconds = Int64(hours * 3600 + minutes * 60)
  return sign == UInt8(ascii: "-") ? -seconds : seconds
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func twoDigits(_ bytes: ArraySlice<UInt8>) -> Int? {
  guard bytes.count >= 2 else { return nil }
  let (tens, ones) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
  guard isDigit(tens), isDigit(ones) else { return nil }
  return Int(tens - UInt8(ascii: "0")) * 10 + Int(ones - UInt8(ascii: "0"))
}
