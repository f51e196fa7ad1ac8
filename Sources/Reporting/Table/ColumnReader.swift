import Charts
import Configuration

extension ColumnSpec {
  init(_ reader: SettingsReader) throws {
    try reader.allow(Self.properties)
    line = reader.line
    source = try Self.source(reader)
    let known = source.known
    label = try reader.string("label") ?? known.label ?? Self.label(for: source)
    format = try Self.format(reader, "format") ?? known.format
    textFormat = try Self.format(reader, "text_format")
    if let name = try reader.string("align") {
      guard let known = ColumnAlignment(rawValue: name) else {
        throw reader.error("align", "must be left, right or center")
      }
      alignment = known
    }
    if let name = try reader.string("color") {
      if name == "change" {
        color = .change
      } else if name.hasPrefix("=") {
        color = .field(String(name.dropFirst()))
      } else {
        color = .token(try Self.token(name, reader, "color"))
      }
    }
    mutedColor = try reader.string("muted_color").map { try Self.token($0, reader, "muted_color") }
    hollow = try reader.string("hollow")
    blank = try reader.string("blank")
    isStrong = try reader.bool("strong") ?? false
    isBig = try reader.bool("big") ?? false
    wraps = try reader.bool("wrap") ?? false
    weight = try reader.double("weight") ?? (wraps ? 1 : 0)
    below = try reader.string("below")
    text = try reader.string("text")
    highlight = [:]
    for (value, name) in try reader.texts("highlight") {
      highlight[value] = try Self.token(name, reader, "highlight")
    }
    switch try reader.string("cut") {
    case nil: cut = known.cut
    case "end": cut = .end
    case "middle": cut = .middle
    case "start": cut = .start
    default: throw reader.error("cut", "must be start, middle or end")
    }
    switch try reader.string("total") {
    case nil, "none": total = .none
    case "sum": total = .sum
    case "mean": total = .mean
    case .some(let words): total = .text(words)
    }
    isRowSum = try reader.bool("row_sum") ?? false
    lead = try reader.string("lead")
    labels = known.labels.merging(try reader.texts("labels")) { $1 }
    first = try reader.integer("first")
    hidesEmpty = try reader.bool("hide_empty") ?? false
    weighted = try reader.string("weighted")
    adds = try reader.bool("adds") ?? true
    atLeast = try reader.string("at_least")
    atMost = try reader.string("at_most")
    isWide = try reader.bool("wide") ?? false
    sentence = try reader.string("sentence")
    if let sentence, Sentence.named(sentence) == nil {
      throw ReportError.unknown(
        "sentence", sentence, among: Sentence.all.map(\.name), file: reader.file, line: reader.line("sentence"))
    }
    if total == .mean, weighted == nil { throw reader.error("total", "is a mean: name its weight with \"weighted\"") }
  }

  private static func source(_ reader: SettingsReader) throws -> Source {
    if let field = try reader.string("field") { return .field(field) }
    if let field = try reader.string("bar") { return .bar(field) }
    if reader.has("stack") {
      return .stack(
        try reader.readers("stack").map { part in
          try part.allow(["field", "color", "label"])
          return StackSpec(
            field: try part.requiredString("field"), token: try token(part.requiredString("color"), part, "color"),
            label: try part.string("label"))
        })
    }
    if reader.has("from") || reader.has("to") {
      return .span(from: try reader.requiredString("from"), to: try reader.requiredString("to"))
    }
    if let spark = try reader.reader("spark") {
      try spark.allow(["query", "key", "order", "value", "parameters"])
      return .spark(
        SparkSpec(
          query: try spark.requiredString("query"), key: try spark.requiredString("key"),
          order: try spark.string("order") ?? "day", value: try spark.string("value") ?? "cost_usd",
          line: spark.line("query"), parameters: Dictionary(try spark.texts("parameters")) { $1 }))
    }
    if try reader.bool("rank") == true { return .rank }
    throw SettingError(
      file: reader.file, line: reader.line, "a column needs one of field, bar, stack, from and to, spark, rank")
  }

  private static func format(_ reader: SettingsReader, _ name: String) throws -> NumberFormat? {
    guard let text = try reader.string(name) else { return nil }
    guard let format = NumberFormat(text) else {
      throw ReportError.unknown(
        "format", text, among: NumberFormat.names, file: reader.file, line: reader.line(name))
    }
    return format
  }

  static func token(_ name: String, _ reader: SettingsReader, _ property: String) throws -> Token {
    guard let token = Token(rawValue: name) else {
      throw ReportError.unknown(
        "colour", name, among: Token.allCases.map(\.rawValue), file: reader.file, line: reader.line(property))
    }
    return token
  }

  /// `on_demand_usd` gets the heading `On demand`, unless the block has a better one.
  private static func label(for source: Source) -> String {
    guard case .field(let name) = source else {
      if case .bar(let name) = source { return words(name) }
      return ""
    }
    return words(name)
  }

  private static func words(_ name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    var words = last.split(separator: "_").map(String.init)
    if words.count > 1, ["usd", "seconds"].contains(words.last) { words.removeLast() }
    let text = words.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
