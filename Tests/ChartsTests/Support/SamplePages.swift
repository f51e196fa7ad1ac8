import Charts

/// Two pages with one of everything a renderer must draw.
enum SamplePages {
  static let theme = Theme.light

  static var document: PDFDocument {
    PDFDocument(
      pages: [.init(first, label: "i"), .init(second, label: "1")],
      metadata: .init(
        title: "Weekly cost – Ökologie", author: "batchcost", subject: "28 Oct – 4 Nov 2026",
        keywords: ["AWS", "Batch"], created: "2026-11-04T05:20:00Z"),
      outline: [.init("Cost", anchor: "cost", children: [.init("Second", anchor: "it's second")])])
  }

  static var first: Scene {
    let measure = TextMeasure()
    var nodes: [Node] = []
    nodes.append(
      .group(
        Group(
          role: .heading(level: 1), anchor: "cost",
          nodes: [
            .text(Text("AWS Batch cost $8,067, up 9%. Of every", x: 48, y: 80, style: theme.style(.headline))),
            .text(Text("dollar, 55 cents bought unused capacity.", x: 48, y: 107, style: theme.style(.headline))),
          ])))
    let body = theme.style(.body)
    let runs = [
      TextRun("How sure. ", theme.style(.body, .ink, weight: 600)),
      TextRun("99.0% of instance time is priced: $1,755 from Spot history, $6,312 from the price list. See ", body),
      TextRun("the method", body, link: "#it's second"),
      TextRun(" or AWS’s page, with データ基盤, שלום עולם and Génomique in a tag.", body),
    ]
    for (index, line) in measure.wrap(runs, width: 300).enumerated() {
      nodes.append(.group(Group(role: .paragraph, nodes: line.nodes(x: 48, y: 140 + 13 * Double(index)))))
    }
    nodes.append(.group(figure))
    return Scene(width: 595, height: 842, nodes: nodes)
  }

  static var figure: Group {
    let bars: [Node] = [60, 90, 140].enumerated().map { index, height in
      .group(
        Group(
          tooltip: "day \(index + 1): \(height)",
          nodes: [
            .path(
              Path(
                [.rectangle(x: Double(index) * 70, y: 150 - Double(height), width: 50, height: Double(height))],
                fill: theme[.onDemand], stroke: Stroke(theme[.unusedOutline], width: 0.8)))
          ]))
    }
    let dots = Path(
      (0..<20).map { .circle(x: Double($0) * 10, y: 20 + Double($0 % 5), radius: 3.6) }, fill: theme[.spot])
    let label = Text("halo over lines", x: 100, y: 90, style: theme.style(.body, .ink, halo: true), anchor: .middle)
    let turned = Text("turned", x: 230, y: 150, style: theme.style(.axis), angle: -90)
    let title = "Unused capacity outgrew work"
    return Group(
      x: 48, y: 250, role: .figure(title: title, description: "Cost by day: $60 (Wed), $90 (Thu), $140 (Fri)."),
      nodes: bars + [.path(dots), .text(label), .text(turned)])
  }

  static var second: Scene {
    let heading = Text("Method", x: 48, y: 60, style: theme.style(.pageHeading))
    let row = { (y: Double, cells: [String]) -> Node in
      .group(
        Group(
          role: .tableRow,
          nodes: cells.enumerated().map { index, cell in
            .group(
              Group(
                role: .tableCell,
                nodes: [.text(Text(cell, x: 48 + 120 * Double(index), y: y, style: theme.style(.body)))]))
          }))
    }
    let link = Group(
      link: "https://example.com/it's?a=1",
      nodes: [.text(Text("example.com", x: 48, y: 200, style: theme.style(.body, .onDemand)))])
    return Scene(
      width: 595, height: 842,
      nodes: [
        .group(Group(role: .heading(level: 2), anchor: "it's second", nodes: [.text(heading)])),
        .group(Group(role: .table, nodes: [row(90, ["Attempts", "2,803.14"]), row(108, ["Start-up", "4.43"])])),
        .group(link), .group(figure),
      ])
  }
}
