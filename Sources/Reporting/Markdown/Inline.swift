/// A run of text inside a paragraph, a heading or a cell.
package indirect enum Inline: Equatable, Sendable {
  case text(String)
  case strong([Inline])
  case emphasis([Inline])
  /// Shown literally, in a fixed width.
  case code(String)
  case link([Inline], url: String)
  /// Within a paragraph.
  case lineBreak
}

extension Array where Element == Inline {
  /// Only the text, as for an outline, an alt text or a file name.
  package var plain: String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .strong(let inner), .emphasis(let inner): inner.plain
      case .link(let inner, _): inner.plain
      case .lineBreak: " "
      }
    }.joined()
  }

  /// A paragraph that is emphasised as a whole is a caption.
  var emphasisedWhole: [Inline]? {
    guard count == 1, case .emphasis(let inner) = self[0] else { return nil }
    return inner
  }
}
