import Charts
import Domain

/// A report with its numbers in place, before any page, colour or markup: what every output is made from.
package struct Document: Equatable, Sendable {
  package var name: String
  /// The report's file, for errors that appear only when its figures are drawn.
  package var file: String
  package var title: String
  /// `26 Oct – 1 Nov 2026`
  package var period: String
  package var language: String
  /// How its charts write numbers and dates; in its words they are in place already.
  package var locale: ReportLocale
  package var page: PageSize
  package var head: String
  package var foot: String
  package var subject: ReportSubject
  package var blocks: [Block]
  /// Every value in its words, with the column that it came from.
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
  /// Side by side on paper, one after the other on a phone.
  case columns([[Block]])
  case figure(Figure)
}

package enum ParagraphStyle: Equatable, Sendable {
  /// Under the headline.
  case lede
  case body
  /// Under a figure, in grey.
  case caption
}

/// A title that states a finding, what is drawn, and the drawing itself.
package struct Figure: Equatable, Sendable {
  package enum Body: Equatable, Sendable {
    case chart(Chart)
    case table(TableModel)
    case tiles([Tile])
    /// There is nothing to show, in one line.
    case empty(String)
  }

  package var anchor: String
  /// Names its file when it is exported: its query, whatever the numbers say.
  package var id = ""
  package var title: [Inline] = []
  package var subtitle: [Inline] = []
  package var caption: [Inline] = []
  package var body: Body
  /// Where the block stands in the report's file.
  package var line: Int
}

/// A Vega-Lite figure: its specification, and the rows it names.
package struct Chart: Equatable, Sendable {
  package var specification: JSON
  package var data: [NamedRows]

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
  /// After the change, or alone: `from $7,412`.
  package var detail: String
  package var trend: [Double]

  package struct Change: Equatable, Sendable {
    package var text: String
    package var isUp: Bool
    /// Good, bad, or neither.
    package var token: Token
  }
}
