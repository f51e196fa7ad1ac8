import Charts

/// The columns drawn by a chart's specification: positions, colours, sizes and texts.
///
/// The name of a computed value stands for the columns that it is computed from. Columns used only for tests, order or
/// style are not drawn.
struct ChartFields: Equatable {
  private(set) var drawn: Set<String> = []
  /// The columns of a nominal colour or of small multiples: a column for each of their values reads better than a row.
  private(set) var splitters: [String] = []
  /// Those of small multiples, which may have a note each.
  private(set) var facets: Set<String> = []
  /// Positions, in order.
  private(set) var positions: [String] = []
  /// The column that a position is sorted by, if its own texts are only labels for it: `Mon 26` for a day.
  private(set) var meaning: [String: String] = [:]
  private var sources: [String: Set<String>] = [:]

  init(_ specification: JSON) {
    visit(specification)
    var waiting = drawn
    while let name = waiting.popFirst() {
      for source in sources[name] ?? [] where drawn.insert(source).inserted { waiting.insert(source) }
    }
  }

  private mutating func visit(_ json: JSON) {
    for item in json.array ?? [] { visit(item) }
    for member in json.members ?? [] {
      switch member.name {
      case "encoding": for channel in member.value.members ?? [] { add(channel.value, as: channel.name) }
      case "facet": add(member.value, as: "facet")
      case "transform": for transform in member.value.array ?? [] { add(transform: transform) }
      case "layer", "hconcat", "vconcat", "concat", "spec": visit(member.value)
      default: break
      }
    }
  }

  /// Channels that show nothing that a reader could name.
  private static let style: Set<String> = [
    "order", "key", "opacity", "fillOpacity", "strokeOpacity", "strokeWidth", "strokeDash", "angle",
  ]

  private mutating func add(_ channel: JSON, as name: String) {
    guard !Self.style.contains(name), let field = channel["field"]?.string else { return }
    drawn.insert(field)
    switch name {
    case "x", "y":
      if !positions.contains(field) { positions.append(field) }
      if let sort = channel["sort"]?["field"]?.string { meaning[field] = sort }
    case "color", "facet", "row", "column":
      if name != "color" { facets.insert(field) }
      if channel["type"]?.string == "nominal", !splitters.contains(field) { splitters.append(field) }
    default: break
    }
  }

  private mutating func add(transform: JSON) {
    if let text = transform["calculate"]?.string, let name = transform["as"]?.string {
      sources[name, default: []].formUnion(Self.references(text))
    }
    if let fold = transform["fold"]?.array {
      let names = transform["as"]?.array?.compactMap(\.string) ?? []
      sources[names.count > 1 ? names[1] : "value", default: []].formUnion(fold.compactMap(\.string))
    }
    for list in ["aggregate", "joinaggregate", "window"] {
      for output in transform[list]?.array ?? [] {
        guard let name = output["as"]?.string, let field = output["field"]?.string, name != field else { continue }
        sources[name, default: []].insert(field)
      }
    }
  }

  /// The names after `datum.` in an expression.
  static func references(_ expression: String) -> [String] {
    expression.split(separator: "datum.", omittingEmptySubsequences: false).dropFirst().map { rest in
      String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }
}
