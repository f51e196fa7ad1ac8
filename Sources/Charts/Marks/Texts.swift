/// Words and numbers at places of the data.
extension MarkContext {
  mutating func texts(_ rows: [Int]) -> [MarkItem] {
    let mark = unit.mark
    let align: Text.Anchor
    switch mark.string("align") {
    case "left": align = .start
    case "right": align = .end
    default: align = .middle
    }
    var items: [MarkItem] = []
    for row in rows {
      guard let (x, y) = center(row), let string = words(row), !string.isEmpty else { continue }
      var size = number(.size, row) ?? mark.number("fontSize") ?? 11
      if size < config.smallestText {
        size = config.smallestText
        raisedText += 1
      }
      let text = TextItem(
        string: string, x: x + (mark.number("dx") ?? 0) + (mark.number("xOffset") ?? 0),
        y: y + (mark.number("dy") ?? 0) + (mark.number("yOffset") ?? 0), align: align,
        baseline: mark.string("baseline") ?? "middle", size: size,
        weight: TextItem.weight(mark.properties["fontWeight"]),
        italic: mark.string("fontStyle") == "italic", angle: mark.number("angle") ?? 0, family: mark.string("font"))
      items.append(paint(.text(text), row))
    }
    return items
  }

  private func words(_ row: Int) -> String? {
    guard let definition = definition(.text, row) else {
      return unit.mark.string("text")
    }
    if let value = definition.value { return value.string ?? value.number.map(Decimals.plain) }
    return FieldText.string(definition, self, row)
  }
}
