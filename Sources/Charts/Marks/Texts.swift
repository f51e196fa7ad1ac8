/// Words and numbers at positions from the data.
extension MarkContext {
  mutating func texts(_ rows: [Int]) -> [MarkItem] {
    let properties = unit.mark.properties
    let align: Text.Anchor
    switch properties.align {
    case .left: align = .start
    case .right: align = .end
    default: align = .middle
    }
    var items: [MarkItem] = []
    for row in rows {
      guard let (x, y) = center(row), let string = words(row), !string.isEmpty else { continue }
      var size = number(.size, row) ?? properties.fontSize ?? 11
      if size < config.smallestText {
        size = config.smallestText
        raisedText += 1
      }
      let text = TextItem(
        string: string, x: x + (properties.dx ?? 0) + (properties.xOffset ?? 0),
        y: y + (properties.dy ?? 0) + (properties.yOffset ?? 0), align: align,
        baseline: properties.baseline ?? "middle", size: size,
        weight: (properties.fontWeight ?? .plain).number,
        italic: properties.fontStyle == .italic, angle: properties.angle ?? 0, family: properties.font)
      items.append(paint(.text(text), row))
    }
    return items
  }

  private func words(_ row: Int) -> String? {
    guard let definition = definition(.text, row) else {
      return unit.mark.properties.text
    }
    if let value = definition.value { return value.text ?? value.number.map(Decimals.plain) }
    return FieldText.string(definition, self, row)
  }
}
