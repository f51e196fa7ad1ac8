/// One block of Markdown, with the line in the report's file at which it starts.
struct MarkdownBlock: Equatable {
  var line: Int
  var kind: Kind

  indirect enum Kind: Equatable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// `start` is nil for bullets.
    case list(start: Int?, items: [[MarkdownBlock]])
    case quote([MarkdownBlock])
    /// The first word of the info string is the block's type: `vega-lite`, `table`, `tiles`, or a language.
    case fence(kind: String, text: String)
    case rule
    case table(alignments: [ColumnAlignment], head: [[Inline]], rows: [[[Inline]]])
    /// `<!-- page -->`, `<!-- columns -->`, `<!-- column -->`, `<!-- end -->`.
    case mark(String)
  }
}

/// Where the text of a table's column stands.
package enum ColumnAlignment: String, Equatable, Sendable { case left, right, center }
