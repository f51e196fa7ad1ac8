import Charts
import Domain

/// A report with its numbers filled in, before any layout, colour or markup: the input of every output format.
package struct Document: Equatable, Sendable {
  /// The name on the command line: `weekly`.
  package var name: String
  package var title: String
  /// `26 Oct – 1 Nov 2026`
  package var period: String
  /// A BCP 47 tag.
  package var language: String
  /// How its charts write numbers and dates; its texts already have them.
  package var locale: ReportLocale
  /// The paper of PDF, SVG and PNG.
  package var page: PageSize
  /// At the top of each page: the front matter's `head`, and what the report is narrowed to.
  package var head: String
  /// At the bottom of each page: the settings behind the numbers.
  package var foot: String
  /// The days, accounts and settings that its numbers are of.
  package var subject: ReportSubject
  /// In order of reading.
  package var blocks: [Block]
  /// Every value in its texts, with the column it came from.
  package var quotes: Set<Quote> = []

  /// The first heading, which states the result.
  package var headline: String {
    for case .heading(1, let inlines, _) in blocks { return inlines.plain }
    return title
  }
}

/// A part of a document. Anchors are unique within it.
package indirect enum Block: Equatable, Sendable {
  case heading(level: Int, [Inline], anchor: String)
  case paragraph([Inline], ParagraphStyle)
  /// Numbered from `start`; with bullets if that is nil.
  case list(start: Int?, items: [[Block]])
  case code(String)
  /// Set apart from the text: a block quote in Markdown.
  case note([Block])
  case rule
  /// On paper only.
  case pageBreak
  /// Side by side on paper, one below the other on a phone.
  case columns([[Block]])
  case figure(Figure)
}

/// What a paragraph is for.
package enum ParagraphStyle: Equatable, Sendable {
  /// The text under the headline.
  case lede
  case body
  /// The grey text under a figure.
  case caption
}

/// A title that states a finding, what is drawn, and the drawing itself.
package struct Figure: Equatable, Sendable {
  /// What is drawn.
  package enum Body: Equatable, Sendable {
    case chart(Chart)
    case table(TableModel)
    case tiles([Tile])
    /// A line for a figure without data.
    case empty(String)
  }

  /// For links: unique within the document, without `#`.
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
  /// Vega-Lite, with the data left to `data`.
  package var specification: JSON
  /// What stands above it, below its title.
  package var heading = ""
  /// Empty for a figure with data of its own.
  package var data: [NamedRows]
  /// Where it is written, for errors that only appear when it is drawn.
  package var file: String
  /// From 1.
  package var line: Int

  /// Rows by the name that the specification uses.
  package struct NamedRows: Equatable, Sendable {
    package var name: String
    package var result: DataTable
  }
}

/// A headline number with its change and its trend.
package struct Tile: Equatable, Sendable {
  package var name: String
  /// Formatted, with its unit.
  package var number: String
  /// Nil if nothing was there before to compare with.
  package var change: Change?
  /// After the change, or on its own: `from $7,412`.
  package var detail: String
  /// In order of time; empty for none.
  package var trend: [Double]

  /// How the number differs from the one before.
  package struct Change: Equatable, Sendable {
    /// Formatted, without a sign: an arrow shows the direction.
    package var text: String
    /// The number rose, whether or not that is good.
    package var isUp: Bool
    /// Good, bad, or neither.
    package var token: Token

    static let unchanged = Change(text: "unchanged", isUp: false, token: .ink2)
  }
}
