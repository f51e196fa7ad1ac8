/// URI encoding as AWS signs it: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX` in upper-case hexadecimal.
///
/// Source: IAM user guide, "Create a signed AWS API request", UriEncode.
package enum PercentEncoding {
  /// Encodes a query name or value, or one path segment.
  package static func encode(_ text: String) -> String { encode(text, keeping: nil) }

  /// Encodes a path; slashes separate segments and are kept.
  package static func encodePath(_ path: String) -> String { encode(path, keeping: UInt8(ascii: "/")) }

  private static func encode(_ text: String, keeping kept: UInt8?) -> String {
    if text.utf8.allSatisfy({ isUnreserved($0) || $0 == kept }) { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count * 2)
    for byte in text.utf8 {
      if isUnreserved(byte) || byte == kept {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      return true
    default: return false
    }
  }
}
