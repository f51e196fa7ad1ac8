import Charts
import Domain

/// A table with its numbers and words filled in: the input for pages, HTML, Markdown and JSON.
package struct TableModel: Equatable, Sendable {
  /// From left to right; each row has a cell for each of them.
  package var columns: [TableColumn]
  /// In the order shown, totals and group headings among them.
  package var rows: [TableRow]
  /// Tables with the same scale draw a dollar equally long.
  package var scale: String?
  /// Rows of 17 points instead of 20, for a long table beside others on its page.
  package var isCompact = false
}

/// A column, with what its cells have in common.
package struct TableColumn: Equatable, Sendable {
  /// What is drawn in its cells.
  package enum Kind: Equatable, Sendable {
    case text, number
    /// The row's position: 1, 2, 3.
    case rank
    /// A length for a number: all bars of a table, or of its scale, are drawn alike.
    case bar
    /// Parts of a whole, across the column.
    case stack
    /// From one value to another on one axis: steps of a bridge, changes around zero.
    case span
    /// A small line over time.
    case spark
  }

  /// The query's column, for JSON.
  package var name: String
  /// The heading; may be empty.
  package var label: String
  package var kind: Kind
  package var alignment: ColumnAlignment
  /// Whether its text may take several lines.
  package var wraps: Bool = false
  /// Its share of the leftover space; 0: as wide as its content.
  package var weight: Double = 0
  /// What long names lose: their beginning, if they differ at the end.
  package var cut = TextMeasure.Cut.end
  /// Whether a phone leaves it out.
  package var isWide = false
}

/// A row as shown.
package struct TableRow: Equatable, Sendable {
  /// What it is among the rows.
  package enum Style: Equatable, Sendable {
    case plain
    /// Unused, untagged and "122 others": last, and in grey.
    case muted
    /// The sum of the rows above.
    case total
    /// A heading for the rows below it.
    case group
  }

  package var style: Style
  /// One a column.
  package var cells: [TableCell]
}

/// What stands at a row and a column.
package struct TableCell: Equatable, Sendable {
  /// What is drawn beside the text.
  package enum Content: Equatable, Sendable {
    case text
    /// From zero; hollow for what was paid for but not used.
    case bar(value: Double, token: Token, isHollow: Bool)
    /// Shares of one, in order; the rest stays hollow.
    case stack([StackPart], outline: Token)
    /// On the axis that all spans of the column share.
    case span(from: Double, to: Double, token: Token, isHollow: Bool)
    /// Nil for days without data. The last one may be for a day that is not over.
    case spark([Double?], endsPartial: Bool)
  }

  /// One part of a whole.
  package struct StackPart: Equatable, Sendable {
    /// 0 to 1.
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
  /// The text's colour; nil: the row's own.
  package var token: Token?
  package var isStrong = false
  /// Whether it is as large as the row's main amount.
  package var isBig = false
  /// The value behind the text, for JSON and for sorting in HTML.
  package var value: Cell = .null
}
