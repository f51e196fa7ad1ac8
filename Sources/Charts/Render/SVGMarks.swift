import Base

extension SVGWriter {
  mutating func write(_ path: Path) {
    if path.segments.isEmpty { return }
    switch (path.segments.count, path.segments[0]) {
    case (1, .rectangle(let x, let y, let width, let height)):
      text += "<rect"
      attribute("x", x)
      attribute("y", y)
      attribute("width", width)
      attribute("height", height)
    case (1, .circle(let x, let y, let radius)):
      text += "<circle"
      attribute("cx", x)
      attribute("cy", y)
      attribute("r", radius)
    default:
      text += "<path d=\""
      for segment in path.segments { write(segment) }
      text += "\""
    }
    writePaint(path)
    text += "/>\n"
  }

  private mutating func writePaint(_ path: Path) {
    if let fill = path.fill {
      text += " fill=\"\(color(fill))\""
      // As a style, which readers that do not support color-mix ignore.
      if let mixture = mixture(fill) { text += " style=\"fill:\(mixture)\"" }
      if fill.alpha < 1, fill.alpha > 0 { attribute("fill-opacity", fill.alpha) }
    } else {
      text += " fill=\"none\""
    }
    guard let stroke = path.stroke else { return }
    text += " stroke=\"\(color(stroke.color))\""
    if stroke.width != 1 { attribute("stroke-width", stroke.width) }
    if stroke.color.alpha < 1 { attribute("stroke-opacity", stroke.color.alpha) }
    if !stroke.dash.isEmpty {
      text += " stroke-dasharray=\"\(stroke.dash.map(SVGNumber.string).joined(separator: " "))\""
    }
    if stroke.cap != .butt { text += " stroke-linecap=\"\(stroke.cap == .round ? "round" : "square")\"" }
    if stroke.join != .miter { text += " stroke-linejoin=\"\(stroke.join == .round ? "round" : "bevel")\"" }
  }

  private mutating func write(_ segment: Path.Segment) {
    switch segment {
    case .move(let x, let y): command("M", x, y)
    case .line(let x, let y): command("L", x, y)
    case .curve(let a, let b, let c, let d, let x, let y): command("C", a, b, c, d, x, y)
    case .rectangle(let x, let y, let width, let height):
      command("M", x, y)
      command("h", width)
      command("v", height)
      command("h", -width)
      text += "z"
    case .circle(let x, let y, let radius):
      command("M", x + radius, y)
      command("a", radius, radius, 0, 1, 1, -2 * radius, 0)
      command("a", radius, radius, 0, 1, 1, 2 * radius, 0)
      text += "z"
    case .close: text += "z"
    }
  }

  private mutating func command(_ letter: String, _ numbers: Double...) {
    text += letter
    for (index, number) in numbers.enumerated() {
      if index > 0 { text += " " }
      SVGNumber.append(number, to: &text)
    }
  }

  mutating func attribute(_ name: String, _ value: Double) {
    text += " \(name)=\""
    SVGNumber.append(value, to: &text)
    text += "\""
  }

  mutating func write(_ node: Text) {
    if node.string.isEmpty { return }
    let style = node.style
    text += "<text"
    attribute("x", node.x)
    attribute("y", node.y)
    attribute("font-size", style.size)
    if style.weight != 400 { text += " font-weight=\"\(style.weight)\"" }
    if style.italic { text += " font-style=\"italic\"" }
    if let family = style.family { text += " font-family=\"\(family.escapedForMarkup)\"" }
    if style.tracking != 0 { text += " letter-spacing=\"\(SVGNumber.string(style.tracking * style.size))\"" }
    if style.tabularFigures { text += " style=\"font-variant-numeric:tabular-nums\"" }
    text += " fill=\"\(color(style.color))\""
    if style.color.alpha < 1 { attribute("fill-opacity", style.color.alpha) }
    if let halo = style.halo {
      text += " stroke=\"\(color(halo))\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
    }
    switch node.anchor {
    case .start: break
    case .middle: text += " text-anchor=\"middle\""
    case .end: text += " text-anchor=\"end\""
    }
    if node.angle != 0 {
      let center = "\(SVGNumber.string(node.x)),\(SVGNumber.string(node.y))"
      text += " transform=\"rotate(\(SVGNumber.string(node.angle)),\(center))\""
    }
    text += ">\(node.string.escapedForMarkup)</text>\n"
  }
}
