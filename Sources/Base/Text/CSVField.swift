extension String {
  /// A field of RFC 4180, in quotes if it needs them. Works on bytes, so that a combining mark does not hide a quote.
  package var quotedCSV: String {
    guard utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return self }
    var bytes: [UInt8] = [0x22]
    for byte in utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    return String(decoding: bytes + [0x22], as: UTF8.self)
  }

  /// With a `'` before text that a spreadsheet would compute: text that begins with `=`, `+`, `-`, `@`, their wide
  /// forms, a tab or a return. Source: OWASP, CSV injection.
  package var withoutFormula: String {
    guard let first = unicodeScalars.first else { return self }
    return "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first) ? "'" + self : self
  }
}
