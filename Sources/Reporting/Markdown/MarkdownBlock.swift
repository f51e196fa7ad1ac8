/// One block of Markdown, with the line of the report's file it starts on.
struct MarkdownBlock: Equatable {
  var line: Int
  var kind: Kind

  indirect enum Kind: Equatable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// `start` is nil for bullets.
    case list(start: Int?, items: [[MarkdownBlock]])
    case quote([MarkdownBlock])
    /// The info string's first word is what the block is: `vega-lite`, `table`, `tiles`, or a language.
    case fence(kind: String, text: String)
    case rule
    case table(alignments: [ColumnAlignment], head: [[Inline]], rows: [[[Inline]]])
    /// `<!-- page -->`, `<!-- columns -->`, `<!-- column -->`, `<!-- end -->`.
    case mark(String)
  }
}

package enum ColumnAlignment: String, Equatable, Sendable { case left, right, center }
