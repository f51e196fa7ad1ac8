import Charts
import Domain

/// A table with its numbers and words in place: what the page, HTML, Markdown and JSON are all made from.
package struct TableModel: Equatable, Sendable {
  package var columns: [TableColumn]
  package var rows: [TableRow]
  /// Tables that name the same scale draw a dollar equally long.
  package var scale: String?
  /// Rows of 17 points instead of 20: a long table beside others on its page.
  package var isCompact = false
}

package struct TableColumn: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case text, number
    /// The row's place: 1, 2, 3.
    case rank
    case bar
    /// Parts of a whole, as wide as the column.
    case stack
    /// From a value to a value on one axis: steps of a bridge, movers about zero.
    case span
    case spark
  }

  package var name: String
  package var label: String
  package var kind: Kind
  package var alignment: ColumnAlignment
  /// Text that may take several lines.
  package var wraps: Bool = false
  /// Of the room left over; 0 is as wide as its content.
  package var weight: Double = 0
  /// Long names lose their beginning: their end tells them apart.
  package var keepsEnd: Bool = false
}

package struct TableRow: Equatable, Sendable {
  package enum Style: Equatable, Sendable {
    case plain
    /// Unused, untagged and "122 others": last, in grey.
    case muted
    case total
    /// A heading of the rows under it.
    case group
  }

  package var style: Style
  package var cells: [TableCell]
}

package struct TableCell: Equatable, Sendable {
  package enum Content: Equatable, Sendable {
    case text
    case bar(value: Double, token: Token, isHollow: Bool)
    /// Shares of one, in order; what is left stays hollow.
    case stack([StackPart], outline: Token)
    case span(from: Double, to: Double, token: Token, isHollow: Bool)
    /// Nil where nothing was collected. The last may be of a day that is not over.
    case spark([Double?], endsPartial: Bool)
  }

  package struct StackPart: Equatable, Sendable {
    package var share: Double
    package var token: Token
    /// Named once, on the first row.
    package var label: String?
  }

  package var content: Content = .text
  /// What is written: the value at a bar's end, or the text itself.
  package var text: String = ""
  /// A second line in grey, wrapped.
  package var below: String?
  package var token: Token?
  package var isStrong = false
  /// As large as an amount that is the point of the row.
  package var isBig = false
  /// The value behind the text, for JSON and for sorting in HTML.
  package var value: Cell = .null
}
