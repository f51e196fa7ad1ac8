import Foundation
import TestSupport

/// One way to spoil a document or its bytes, chosen by a seed.
enum Mutation: CaseIterable {
  /// Of the document's values.
  case drop, retype, extreme, swap, duplicate, rename, nest
  /// Of its bytes.
  case cut, flip, splice, repeatBytes, insert

  var isOfBytes: Bool {
    switch self {
    case .drop, .retype, .extreme, .swap, .duplicate, .rename, .nest: false
    case .cut, .flip, .splice, .repeatBytes, .insert: true
    }
  }

  func apply(to document: Document, _ random: inout some RandomNumberGenerator) -> Document {
    var result = document
    var place = Int.random(in: 0..<max(1, document.count - 1), using: &random)
    // A document inside a string is spoiled as often as the string itself.
    if case .text(let text) = document.value(at: place + 1), text.hasPrefix("{"), Bool.random(using: &random),
      let inner = try? Document(text)
    {
      let spoiled = apply(to: inner, &random).json
      result.change(&place) { _ in .text(spoiled) }
      return result
    }
    let other = document.value(at: Int.random(in: 0..<document.count, using: &random))
    let replacement: (Document) -> Document? =
      switch self {
      case .drop: { _ in nil }
      case .retype: { [value = Self.types.randomElement(using: &random)] _ in value }
      case .extreme: { [value = Self.extremes.randomElement(using: &random)] _ in value }
      case .swap: { _ in other }
      case .duplicate:
        { value in
          switch value {
          case .list(let list): .list(list + list)
          case .object(let members): .object(members + members)
          case .text(let text): .text(text + text)
          default: value
          }
        }
      case .rename:
        { value in
          guard case .object(var members) = value, !members.isEmpty else { return value }
          members[0].name += "x"
          return .object(members)
        }
      case .nest: { .list([$0]) }
      default: { $0 }
      }
    result.change(&place, replacement)
    return result
  }

  func apply(to bytes: [UInt8], other: [UInt8], _ random: inout some RandomNumberGenerator) -> [UInt8] {
    guard bytes.count > 2 else { return bytes }
    var result = bytes
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let length = Int.random(in: 1...min(64, bytes.count), using: &random)
    let end = min(bytes.count, place + length)
    switch self {
    case .cut: result.removeSubrange(place...)
    case .flip:
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        result[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
      }
    case .splice:
      let start = Int.random(in: 0...other.count, using: &random)
      result.replaceSubrange(place..<end, with: other[start..<min(other.count, start + length)])
    case .repeatBytes: result.insert(contentsOf: bytes[place..<end], at: place)
    case .insert:
      let fresh = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
      result.insert(contentsOf: fresh, at: place)
    default: break
    }
    return result
  }

  private static let types: [Document] = [
    .null, .flag(true), .number("0"), .number("1.5"), .text(""), .text("x"), .list([]), .list([.null]), .object([]),
    .object([(name: "a", value: .list([.number("1")]))]),
  ]

  private static let extremes: [Document] =
    [
      "-1", "0", "1", "2147483647", "2147483648", "4294967296", "9007199254740993", "9223372036854775807",
      "-9223372036854775808", "18446744073709551615", "1e308", "-1e308", "1e-308", "0.1", "1793352841228",
      "253402300799999", "3600000", "99999999999999999999999999",
    ].map(Document.number)
    + [
      "-1", "1e99", "99999999999999999999", "0.0000000000000001", "NaN", "Infinity", "1970-01-01T00:00:00Z",
      "2083-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z", "\u{0}", "\u{ffff}", "\u{202e}x",
      "a\"b|\u{301}c", "'; DROP TABLE job; --", "../../etc/passwd", "arn:::::", "arn:aws:batch:::job/", ":#:", "#", ":",
      "/",
      "99999999999Gi", "9223372036854775807Mi", String(repeating: "x", count: 10_000),
    ].map(Document.text)
}

extension Document {
  /// The value at a place in the walk, starting with itself at 0.
  func value(at place: Int) -> Document {
    if place == 0 { return self }
    var (result, place) = (self, place - 1)
    var copy = self
    copy.change(&place) { value in
      result = value
      return value
    }
    return result
  }
}
