import Charts
import Configuration

/// A `table` block before its query has run.
struct TableSpec: Equatable {
  var query: String
  var queryLine: Int
  var parameters: [String: String]
  /// Queries joined to the rows, by the column they share.
  var joins: [Join]
  var columns: [ColumnSpec]
  /// A column by which rows ascend, instead of the query's own order.
  var order: String?
  /// Rows beyond this number are gathered into one.
  var top: Int?
  var limit: Int?
  var others: String
  /// The words of the last row; nil: no total.
  var total: String?
  /// The words of a row above the others, such as the start of a bridge.
  var lead: String?
  /// A column whose changes start a new heading.
  var group: String?
  /// A column that is true for rows that look like totals.
  var strongRows: String?
  /// A column that is true for grey rows.
  var mutedRows: String?
  var scale: String?
  var isCompact: Bool
  /// Rows to leave out: a column and its value.
  var except: [String: String]
  /// The text if there are no rows.
  var empty: String?

  struct Join: Equatable {
    var query: String
    var key: String
    var line: Int
  }

  static let properties = [
    "query", "parameters", "join", "columns", "top", "limit", "others", "total", "lead", "group", "strong", "muted",
    "scale", "compact", "except", "empty", "order",
  ]

  /// - Parameter compact: whether its rows are low if it does not say.
  init(_ reader: SettingsReader, compact: Bool) throws {
    try reader.allow(Self.properties)
    query = try reader.requiredString("query")
    queryLine = reader.line("query")
    parameters = Dictionary(try reader.texts("parameters")) { $1 }
    joins = try reader.texts("join").map { Join(query: $0, key: $1, line: reader.line("join")) }
    columns = try reader.readers(
      "columns", short: ("field", "label"), known: ColumnSpec.properties, lists: ["fields": "field", "bars": "bar"]
    ).map { try ColumnSpec($0) }
    if columns.isEmpty { throw reader.error("columns", "must list at least one column") }
    order = try reader.string("order")
    top = try reader.integer("top")
    limit = try reader.integer("limit")
    others = try reader.string("others") ?? "{n} others"
    total = try reader.string("total")
    lead = try reader.string("lead")
    group = try reader.string("group")
    strongRows = try reader.string("strong")
    mutedRows = try reader.string("muted")
    scale = try reader.string("scale")
    isCompact = try reader.bool("compact") ?? compact
    except = Dictionary(try reader.texts("except")) { $1 }
    empty = try reader.string("empty")
  }
}

struct ColumnSpec: Equatable {
  enum Source: Equatable {
    case field(String)
    case bar(String)
    case stack([StackSpec])
    case span(from: String, to: String)
    case spark(SparkSpec)
    case rank

    /// The defaults for its column.
    var known: KnownColumn {
      switch self {
      case .field(let name), .bar(let name): .named(name)
      case .stack, .span, .spark, .rank: KnownColumn()
      }
    }
  }

  struct StackSpec: Equatable {
    var field: String
    var token: Token
    var label: String?
  }

  /// A separate query, with one row per bar.
  struct SparkSpec: Equatable {
    var query: String
    var key: String
    var order: String
    var value: String
    var line: Int
    var parameters: [String: String]
  }

  enum ColorRule: Equatable {
    case token(Token)
    /// Up is bad, down is good, by the sign of this column's value.
    case change
    /// A column with the name of a token.
    case field(String)
  }

  var source: Source
  var line: Int
  var label: String
  var format: NumberFormat?
  var alignment: ColumnAlignment?
  var color: ColorRule?
  /// The colour of a muted row's bar.
  var mutedColor: Token?
  /// A column that is true if the bar is only outlined.
  var hollow: String?
  /// The text for an unknown value; in a name column, the row is then muted.
  var blank: String?
  var isStrong: Bool
  var isBig: Bool
  var wraps: Bool
  var cut: TextMeasure.Cut
  var weight: Double
  /// Words or `{{values}}` under the text, or a column's name after `=`.
  var below: String?
  /// The column for the text, if a bar's end or a span shows a different one.
  var text: String?
  var textFormat: NumberFormat?
  /// Words for texts in the query: `{unused.boot: "Unused: boot"}`.
  var labels: [String: String]
  /// For a long id: the number of characters to show.
  var first: Int?
  /// Whether to hide it if it is zero or unknown in every row.
  var hidesEmpty: Bool
  /// Texts to highlight: `{failed: negative}`.
  var highlight: [String: Token]
  /// No total, a sum, or words with values.
  var total: Total
  /// The cell of the row above the others: words with values.
  var lead: String?
  /// The sum of the row's other money columns, as printed.
  var isRowSum: Bool
  /// The column with the weights for averaging the shares of several rows.
  var weighted: String?
  /// A sentence for the row.
  var sentence: String?
  /// Whether it has a sum; otherwise it is blank for gathered rows.
  var adds: Bool
  /// A column that is true if the amount is at least this, because a part of it is unknown.
  var atLeast: String?
  /// The same for an amount that is at most this.
  var atMost: String?
  /// Whether a phone leaves it out.
  var isWide: Bool

  /// The columns of the query that the cell shows.
  var fields: [String] {
    switch source {
    case .field(let field), .bar(let field): [field]
    case .stack(let parts): parts.map(\.field)
    case .span(let from, let to): [from, to].filter { Double($0) == nil }
    case .spark, .rank: []
    }
  }

  enum Total: Equatable {
    case none, sum, mean
    case text(String)
  }

  static let properties = [
    "field", "bar", "stack", "from", "to", "spark", "rank", "label", "format", "align", "color", "muted_color",
    "hollow", "blank", "strong", "big", "wrap", "cut", "weight", "below", "text", "text_format", "highlight", "total",
    "row_sum", "weighted", "labels", "first", "hide_empty", "lead", "sentence", "adds", "at_least", "at_most", "wide",
  ]
}
