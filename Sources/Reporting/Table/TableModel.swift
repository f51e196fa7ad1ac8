import Charts
import Domain

/// A table with its numbers and words filled in: the input for pages, HTML, Markdown and JSON.
package struct TableModel: Equatable, Sendable {
  package var columns: [TableColumn]
  package var rows: [TableRow]
  /// Tables with the same scale draw a dollar equally long.
  package var scale: String?
  /// Rows of 17 points instead of 20, for a long table beside others on its page.
  package var isCompact = false
}

package struct TableColumn: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case text, number
    /// The row's position: 1, 2, 3.
    case rank
    case bar
    /// Parts of a whole, across the column.
    case stack
    /// From one value to another on one axis: steps of a bridge, changes around zero.
    case span
    case spark
  }

  package var name: String
  package var label: String
  package var kind: Kind
  package var alignment: ColumnAlignment
  /// Whether its text may take several lines.
  package var wraps: Bool = false
  /// Its share of the leftover space; 0: as wide as its content.
  package var weight: Double = 0
  /// What long names lose: their beginning, if they differ at the end.
  package var cut = TextMeasure.Cut.end
}

package struct TableRow: Equatable, Sendable {
  package enum Style: Equatable, Sendable {
    case plain
    /// Unused, untagged and "122 others": last, and in grey.
    case muted
    case total
    /// A heading for the rows below it.
    case group
  }

  package var style: Style
  package var cells: [TableCell]
}

package struct TableCell: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case text
    case bar(value: Double, token: Token, isHollow: Bool)
    /// Shares of one, in order; the rest stays hollow.
    case stack([StackPart], outline: Token)
    case span(from: Double, to: Double, token: Token, isHollow: Bool)
    /// Nil for days without data. The last one may be for a day that is not over.
    case spark([Double?], endsPartial: Bool)
  }

  package struct StackPart: Equatable, Sendable {
    package var share: Double
    package var token: Token
    /// Labelled once, on the first row.
    package var label: String?
  }

  package var content: Content = .text
  /// The text: the value at a bar's end, or the text itself.
  package var text: String = ""
  /// A second line in grey, wrapped.
  package var below: String?
  package var token: Token?
  package var isStrong = false
  /// Whether it is as large as the row's main amount.
  package var isBig = false
  /// The value behind the text, for JSON and for sorting in HTML.
  package var value: Cell = .null
}
