/// A pattern of names: literal text, with fields in braces that say what their part means.
///
///     {user}-{workflow}-{run:number}-{step}-{task:number}-{try:number}     alice-TrainFlow-1793088000364744-align-2-0
///     snakejob-{step}-{:uuid}                                              snakejob-align-9a2ef80f-58ee-4571-b499-8d7c4093f6de
///
/// A field has at least one byte and is as short as what follows allows; a kind after the colon limits its characters.
/// A field without a name is skipped. The whole name must match.
package struct NamePattern: Equatable, Sendable {
  enum Kind: String, CaseIterable {
    /// Anything.
    case any
    /// Decimal digits, as many as there are.
    case number
    /// Anything that begins with a decimal digit.
    case numbered
    /// Letters, digits and underscores, as many as there are.
    case word
    /// Hexadecimal digits, as many as there are, at least eight.
    case hex
    /// `8-4-4-4-12` hexadecimal digits.
    case uuid
    /// Eight of the characters a–z and 2–7.
    case base32
    /// Anything, read without what varies in it: UUIDs, random words and numbers.
    case varying
    /// The pipeline in the name of an nf-core process, shown as `nf-core/sarek`; see `NFCorePipelines`.
    case pipeline
  }

  private enum Piece: Equatable, Sendable {
    case literal([UInt8])
    case field(ClientField?, Kind)
  }

  private let pieces: [Piece]

  /// Its fields, in order.
  package var fields: [ClientField] {
    pieces.compactMap { if case .field(let field, _) = $0 { field } else { nil } }
  }

  var endsInBase32: Bool { if case .field(_, .base32)? = pieces.last { true } else { false } }

  /// The names of all kinds, for messages.
  package static var kinds: [String] { Kind.allCases.map(\.rawValue) }

  /// - Returns: nil if braces do not match, or a field or its kind is unknown.
  package init?(_ text: String) {
    var pieces: [Piece] = []
    var literal: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "{") else {
        if byte == UInt8(ascii: "}") { return nil }
        literal.append(byte)
        continue
      }
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
      let parts = rest[..<end].split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      rest = rest[(end + 1)...]
      guard let kind = parts.count > 1 ? Kind(rawValue: parts[1]) : .any else { return nil }
      let field = ClientField(rawValue: parts[0])
      if field == nil, !parts[0].isEmpty { return nil }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = []
      pieces.append(.field(field, kind))
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    self.pieces = pieces
  }

  /// Whether a name begins as required; otherwise it cannot match.
  func begins(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard case .literal(let bytes)? = pieces.first else { return true }
    return name.starts(with: bytes)
  }

  /// The fields of a matching name; nil if it does not match.
  /// - Complexity: O(n) for patterns whose fields have kinds; a field of any kind may be tried at each byte.
  func match(_ name: UnsafeBufferPointer<UInt8>) -> ClientFields? {
    var ranges: [(ClientField, Kind, Range<Int>)] = []
    guard matches(pieces[...], name, 0, &ranges) else { return nil }
    var fields = ClientFields()
    for (field, kind, range) in ranges {
      let text = String(decoding: UnsafeBufferPointer(rebasing: name[range]), as: UTF8.self)
      fields[field] =
        switch kind {
        case .pipeline: "nf-core/" + text.lowercased()
        case .varying: VaryingParts.pattern(of: text)
        default: text
        }
    }
    return fields
  }

  private func matches(
    _ pieces: ArraySlice<Piece>, _ name: UnsafeBufferPointer<UInt8>, _ position: Int,
    _ ranges: inout [(ClientField, Kind, Range<Int>)]
  ) -> Bool {
    guard let piece = pieces.first else { return position == name.count }
    let rest = pieces.dropFirst()
    switch piece {
    case .literal(let bytes):
      guard name.count - position >= bytes.count, bytes.indices.allSatisfy({ bytes[$0] == name[position + $0] })
      else { return false }
      return matches(rest, name, position + bytes.count, &ranges)
    case .field(let field, let kind):
      let known = ranges.count
      func goesOn(at end: Int) -> Bool {
        if let field { ranges.append((field, kind, position..<end)) }
        if matches(rest, name, end, &ranges) { return true }
        ranges.removeSubrange(known...)
        return false
      }
      if kind == .any || kind == .varying || kind == .numbered {
        guard position < name.count, kind != .numbered || name[position].isDigit else { return false }
        return (position + 1...name.count).contains { goesOn(at: $0) }
      }
      return kind.end(in: name, from: position).map { goesOn(at: $0) } ?? false
    }
  }
}

extension NamePattern.Kind {
  /// Where such a text that begins at `start` ends; nil if there is none.
  func end(in name: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    func run(_ holds: (UInt8) -> Bool) -> Int {
      var end = start
      while end < name.count, holds(name[end]) { end += 1 }
      return end
    }
    switch self {
    case .any, .varying, .numbered: return nil
    case .number:
      let end = run(\.isDigit)
      return end > start ? end : nil
    case .word:
      let end = run { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: "_") }
      return end > start ? end : nil
    case .pipeline: return NFCorePipelines.end(in: name, from: start)
    case .hex:
      let end = run(\.isHexadecimal)
      return end - start >= 8 ? end : nil
    case .uuid: return VaryingParts.endOfUUID(in: name, from: start)
    case .base32:
      let end = run { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (50...55).contains($0) }
      return end - start == 8 ? end : nil
    }
  }
}
