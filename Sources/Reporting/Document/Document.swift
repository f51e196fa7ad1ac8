import Charts
import Domain

/// A report with its numbers filled in, before any layout, colour or markup: the input of every output format.
package struct Document: Equatable, Sendable {
  package var name: String
  package var title: String
  /// `26 Oct – 1 Nov 2026`
  package var period: String
  package var language: String
  /// How its charts write numbers and dates; its texts already have them.
  package var locale: ReportLocale
  package var page: PageSize
  package var head: String
  package var foot: String
  package var subject: ReportSubject
  package var blocks: [Block]
  /// Every value in its texts, with the column it came from.
  package var quotes: Set<Quote> = []

  /// The first heading, which states the result.
  package var headline: String {
    for case .heading(1, let inlines, _) in blocks { return inlines.plain }
    return title
  }
}

package indirect enum Block: Equatable, Sendable {
  case heading(level: Int, [Inline], anchor: String)
  case paragraph([Inline], ParagraphStyle)
  case list(start: Int?, items: [[Block]])
  case code(String)
  case note([Block])
  case rule
  case pageBreak
  /// Side by side on paper, one below the other on a phone.
  case columns([[Block]])
  case figure(Figure)
}

package enum ParagraphStyle: Equatable, Sendable {
  /// The text under the headline.
  case lede
  case body
  /// The grey text under a figure.
  case caption
}

/// A title that states a finding, what is drawn, and the drawing itself.
package struct Figure: Equatable, Sendable {
  package enum Body: Equatable, Sendable {
    case chart(Chart)
    case table(TableModel)
    case tiles([Tile])
    /// A line for a figure without data.
    case empty(String)
  }

  package var anchor: String
  /// The name of its file on export: its query, whatever the numbers are.
  package var id = ""
  package var title: [Inline] = []
  package var subtitle: [Inline] = []
  package var caption: [Inline] = []
  package var body: Body
}

/// A Vega-Lite figure: its specification, and the rows that it names.
package struct Chart: Equatable, Sendable {
  package var specification: JSON
  package var data: [NamedRows]
  /// Where it is written, for errors that only appear when it is drawn.
  package var file: String
  package var line: Int

  package struct NamedRows: Equatable, Sendable {
    package var name: String
    package var result: DataTable
  }
}

/// A headline number with its change and its trend.
package struct Tile: Equatable, Sendable {
  package var name: String
  package var number: String
  package var change: Change?
  /// After the change, or on its own: `from $7,412`.
  package var detail: String
  package var trend: [Double]

  package struct Change: Equatable, Sendable {
    package var text: String
    package var isUp: Bool
    /// Good, bad, or neither.
    package var token: Token

    static let unchanged = Change(text: "unchanged", isUp: false, token: .ink2)
  }
}
