import Domain

/// Times in a bill's rows, and the messages for those that cannot be read.
enum BillTime {
  /// `2026-10` for the start of a billing period, or for any time in it if the bill does not give its period.
  static func month(_ bytes: UnsafeRawBufferPointer, isPeriod: Bool) throws -> String {
    let text = bytes.count == 7 ? bytes.string + "-01" : bytes.string
    guard let day = Instant(text)?.day else {
      throw BillFault(message: "\"\(bytes.string)\" is not a billing period\(hint(bytes))")
    }
    if isPeriod, day.civil.day != 1 {
      throw BillFault(message: "\"\(bytes.string)\" is not a billing period: it begins on the first of a month, in UTC")
    }
    return String(day.description.prefix(7))
  }

  static func fault(_ start: UnsafeRawBufferPointer, _ end: UnsafeRawBufferPointer) -> String {
    "\"\(start.string)\" to \"\(end.string)\" is not a time\(hint(start))"
  }

  /// What wrote such a time, if that is known.
  private static func hint(_ bytes: UnsafeRawBufferPointer) -> String {
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    if bytes.count >= 9, bytes.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) {
      return ": a count since 1970; write it as 2026-10-05T09:00:00Z"
    }
    let date = bytes.prefix(9)
    if let first = bytes.first, isDigit(first), date.contains(where: { $0 == UInt8(ascii: "/") || $0 == 0x2E }) {
      return ": a spreadsheet has changed it, and day and month cannot be told apart; import the file as AWS wrote it"
    }
    return ""
  }
}
