/// Times of ISO 8601 in UTC, read and written byte by byte: `Foundation`'s formatters cost a thousand times as much.
package enum ISO8601 {
  /// Milliseconds since 1970 of `2026-10-19T00:19:59Z`, with or without seconds and their fractions, with a space for
  /// the `T`, and with `Z`, `UTC`, `GMT`, `+00:00`, `+0200`, `+02` or `+0000 UTC` at the end, with or without a space
  /// before it. For `2026-10-19`, the start of the day. Nil for anything else. Digits beyond milliseconds are dropped.
  package static func milliseconds(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard bytes.count >= 10, let days = days(bytes.prefix(10)) else { return nil }
    let start = Int64(days) * 86_400_000
    var rest = bytes.dropFirst(10)
    if rest.isEmpty { return start }
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
    guard let offset = offset(rest) else { return nil }
    return start + (Int64(hour * 3600 + minute * 60 + second) - offset) * 1000 + fraction
  }

  package static func milliseconds(_ text: some StringProtocol) -> Int64? { milliseconds(Array(text.utf8)[...]) }

  /// Days since 1970 of `2026-10-19`; nil for anything else, and for dates that do not exist.
  package static func days(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      let century = twoDigits(bytes), let yearOfCentury = twoDigits(bytes.dropFirst(2)),
      let month = twoDigits(bytes.dropFirst(5)), let day = twoDigits(bytes.dropFirst(8)),
      (1...12).contains(month), day >= 1
    else { return nil }
    let year = century * 100 + yearOfCentury
    guard day <= CivilDate.daysIn(year: year, month: month) else { return nil }
    return CivilDate.days(year: year, month: month, day: day)
  }

  /// `2026-10-19T00:19:59Z`, with milliseconds if they are not zero.
  package static func text(_ milliseconds: Int64) -> String {
    let remainder = milliseconds % 86_400_000
    let inDay = Int(remainder < 0 ? remainder + 86_400_000 : remainder)
    let days = Int((milliseconds - Int64(inDay)) / 86_400_000)
    let clock = [inDay / 3_600_000, inDay / 60_000 % 60, inDay / 1000 % 60].map { $0.padded(to: 2) }
    let fraction = inDay % 1000 == 0 ? "" : "." + (inDay % 1000).padded(to: 3)
    return "\(text(days: days))T\(clock.joined(separator: ":"))\(fraction)Z"
  }

  /// `2026-10-19`
  package static func text(days: Int) -> String {
    let (year, month, day) = CivilDate.date(days: days)
    return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
  }

  /// Seconds east of UTC.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
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

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private static func twoDigits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count >= 2 else { return nil }
    let (tens, ones) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    guard isDigit(tens), isDigit(ones) else { return nil }
    return Int(tens - UInt8(ascii: "0")) * 10 + Int(ones - UInt8(ascii: "0"))
  }
}
