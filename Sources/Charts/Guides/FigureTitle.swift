/// The title above a view, and its subtitle.
enum FigureTitle {
  static func add(
    _ options: TitleOptions?, to drawn: inout Drawn, width: Double, _ config: Config, _ measure: TextMeasure
  ) {
    guard let options, let title = options.text, !title.words.isEmpty else { return }
    let properties = config.options.title.overlaid(options)
    let style = style(properties.fontSize ?? 13, properties.fontWeight, properties.color, config)
    let below = Self.style(
      properties.subtitleFontSize ?? 11, properties.subtitleFontWeight, properties.subtitleColor, config)
    let anchor = properties.anchor ?? .middle
    let align: Text.Anchor = anchor == .start ? .start : anchor == .end ? .end : .middle
    let (left, right) = (drawn.bounds.left, max(width, drawn.bounds.left))
    let x = align == .start ? left : align == .end ? right : width / 2
    let room = drawn.bounds.width
    let wrap = { (text: String, style: TextStyle) in
      config.isHouse
        ? measure.wrap(text, style, width: room).map { $0.fragments.map(\.run.string).joined() } : [text]
    }
    let lines = { (title: TitleText, style: TextStyle) in
      switch title {
      case .text(let text): wrap(text, style)
      case .lines(let lines): lines
      }
    }
    let titles = lines(title, style)
    let subtitles = options.subtitle.map { lines($0, below) } ?? []
    var y = min(0, drawn.bounds.top) - (properties.offset ?? 4)
    for (lines, style) in [(subtitles, below), (titles, style)] {
      for line in lines.reversed() {
        let text = Text(line, x: x, y: y - 0.21 * style.size, style: style, anchor: align)
        drawn.nodes.append(.text(text))
        drawn.bounds.add(.text(text, measure))
        y -= style.size * 1.3
      }
      if !lines.isEmpty { y -= properties.subtitlePadding ?? 3 }
    }
  }

  private static func style(_ size: Double, _ weight: Weight?, _ color: Nullable<Ink>?, _ config: Config) -> TextStyle {
    TextStyle(
      size: max(config.smallestText, size),
      weight: (weight ?? .plain).number,
      color: config.color(color) ?? .black)
  }
}
