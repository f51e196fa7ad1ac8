/// The title above a view, and its subtitle.
enum FigureTitle {
  static func add(_ json: JSON?, to drawn: inout Drawn, width: Double, _ config: Config, _ measure: TextMeasure) {
    guard let json, let title = json.words, !title.isEmpty else { return }
    let properties = config["title"].merging(json.members == nil ? .object([]) : json)
    let style = style(properties, "", 13, config)
    let below = Self.style(properties, "subtitle", 11, config)
    let anchor = properties["anchor"]?.string ?? "middle"
    let align: Text.Anchor = anchor == "start" ? .start : anchor == "end" ? .end : .middle
    let (left, right) = (drawn.bounds.left, max(width, drawn.bounds.left))
    let x = align == .start ? left : align == .end ? right : width / 2
    let room = drawn.bounds.width
    let wrap = { (text: String, style: TextStyle) in
      config.isHouse
        ? measure.wrap(text, style, width: room).map { $0.fragments.map(\.run.string).joined() } : [text]
    }
    let titles = json["text"]?.array?.compactMap(\.string) ?? json.array?.compactMap(\.string) ?? wrap(title, style)
    let subtitles =
      (json["subtitle"]?.array?.compactMap(\.string) ?? json["subtitle"]?.string.map { wrap($0, below) }) ?? []
    var y = min(0, drawn.bounds.top) - (properties["offset"]?.number ?? 4)
    for (lines, style) in [(subtitles, below), (titles, style)] {
      for line in lines.reversed() {
        let text = Text(line, x: x, y: y - 0.21 * style.size, style: style, anchor: align)
        drawn.nodes.append(.text(text))
        drawn.bounds.add(.text(text, measure))
        y -= style.size * 1.3
      }
      if !lines.isEmpty { y -= properties["subtitlePadding"]?.number ?? 3 }
    }
  }

  private static func style(_ properties: JSON, _ prefix: String, _ size: Double, _ config: Config) -> TextStyle {
    let name = { (property: String) in
      prefix.isEmpty ? property.prefix(1).lowercased() + property.dropFirst() : prefix + property
    }
    return TextStyle(
      size: max(config.smallestText, properties[name("FontSize")]?.number ?? size),
      weight: TextItem.weight(properties[name("FontWeight")]),
      color: config.color(properties[name("Color")]) ?? .black)
  }
}
