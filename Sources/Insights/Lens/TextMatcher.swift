/// Compares UTF-8 bytes with a value or a pattern of a condition; made once, because a million names may be compared.
struct TextMatcher {
  private enum Token {
    case byte(UInt8)
    case anything, one
  }

  private let tokens: [Token]

  init(_ value: LensCondition.Value) {
    tokens = value.pieces.flatMap { piece -> [Token] in
      switch piece {
      case .text(let text): text.utf8.map { .byte($0) }
      case .anything: [.anything]
      case .one: [.one]
      }
    }
  }

  /// Greedy, with one backtracking position.
  ///
  /// - Complexity: O(n) for a text without `*`, O(n · m) at worst.
  func matches<Bytes: RandomAccessCollection<UInt8>>(_ text: Bytes) -> Bool where Bytes.Index == Int {
    var (at, token) = (text.startIndex, 0)
    var retry: (text: Int, token: Int)?
    while at < text.endIndex {
      if token < tokens.count {
        switch tokens[token] {
        case .anything:
          // Whatever follows belongs to it.
          if token == tokens.count - 1 { return true }
          retry = (at, token)
          token += 1
          continue
        case .one:
          at += 1
          // A character is a leading byte and its continuation bytes.
          while at < text.endIndex, text[at] & 0xC0 == 0x80 { at += 1 }
          token += 1
          continue
        case .byte(let byte) where byte == text[at]:
          at += 1
          token += 1
          continue
        case .byte: break
        }
      }
      guard let last = retry else { return false }
      retry = (last.text + 1, last.token)
      (at, token) = (last.text + 1, last.token + 1)
    }
    return tokens[token...].allSatisfy { if case .anything = $0 { true } else { false } }
  }
}
