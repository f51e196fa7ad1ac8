import Domain
import Foundation
import ReportSamples
import Testing

@testable import Charts

/// Snapshots of our reports' figures as SVG, so that a change shows in their diff.
///
/// A missing snapshot is recorded and fails once; `BATCHCOST_RECORD=1` records all of them again.
@Suite struct SnapshotTests {
  static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: tests.appendingPathComponent("Look").path)) ?? []
    return files.filter { $0.hasSuffix(".vl.json") }.map { $0.replacingOccurrences(of: ".vl.json", with: "") }.sorted()
  }

  /// Text widths depend on Inter; with another font the snapshots mean nothing.
  static var hasInter: Bool { TextMeasure().resolvedFamily("Inter") == "Inter" }

  @Test(.enabled(if: hasInter, "fonts-inter is not installed"), arguments: names)
  func looksAsBefore(_ name: String) throws {
    let path = Self.tests.appendingPathComponent("Look/\(name).vl.json")
    let spec = try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
    let figure = try Figure.draw(spec, data: [:], width: 499)
    let svg = SVGRenderer(colors: .variables).render(
      figure.scene, title: figure.title, description: figure.description)
    try keep("look-\(name).png", PNGRenderer(scale: 2).render(figure.scene))
    let dark = try Figure.draw(spec, data: [:], width: 499, theme: .dark)
    let paper = Theme.dark[.paper]
    try keep("dark-\(name).png", PNGRenderer(scale: 2, background: paper).render(dark.scene))
    let snapshot = Self.tests.appendingPathComponent("Snapshots/\(name).svg")
    let isKept = FileManager.default.fileExists(atPath: snapshot.path)
    if !isKept || ProcessInfo.processInfo.environment["BATCHCOST_RECORD"] != nil {
      try svg.write(to: snapshot, atomically: true, encoding: .utf8)
      #expect(isKept, "\(name): recorded for the first time; look at it, then run again")
      return
    }
    let kept = try String(contentsOf: snapshot, encoding: .utf8).split(separator: "\n")
    let lines = svg.split(separator: "\n")
    let first = zip(lines, kept).first { $0 != $1 }
    #expect(
      lines == kept, "\(name): \(first.map { "now \($0), was \($1)" } ?? "\(lines.count) lines, were \(kept.count)")")
  }

  /// No text in any snapshot is smaller than 9 points.
  @Test(arguments: names)
  func noTextIsSmall(_ name: String) throws {
    let path = Self.tests.appendingPathComponent("Look/\(name).vl.json")
    let spec = try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
    let figure = try Figure.draw(spec, data: [:], width: 240)
    var smallest = Double.infinity
    func walk(_ nodes: [Node]) {
      for node in nodes {
        switch node {
        case .group(let group): walk(group.nodes)
        case .text(let text): smallest = min(smallest, text.style.size)
        case .path: break
        }
      }
    }
    walk(figure.scene.nodes)
    #expect(smallest >= 9)
  }
}

@Suite struct ThinningTests {
  @Test func longLinesKeepTheirShape() throws {
    let count = 20_000
    let x = (0..<count).map { Cell.real(Double($0)) }
    let y = (0..<count).map { Cell.real($0 == 12_345 ? 50 : Double($0 % 7)) }
    let table = DataTable(names: ["x", "y"], columns: [x, y])
    let spec: JSON = [
      "data": ["name": "t"], "mark": "line",
      "encoding": ["x": ["field": "x", "type": "quantitative"], "y": ["field": "y", "type": "quantitative"]],
    ]
    let figure = try Figure.resolve(
      spec, data: ["t": table], width: 400, config: .house(.light), titles: true, measure: TextMeasure())
    guard case .line(let pieces, _)? = figure.plots.first?.items.first?.first?.geometry else {
      Issue.record("no line")
      return
    }
    #expect(pieces.joined().count <= Thinning.most)
    // The one outlier is still the highest point, at the top of the plot.
    #expect(pieces.joined().map(\.y).min() == 0)
    #expect(figure.drawing.notes == ["lines thinned from 20,000 to 4,000 points"])
  }

  @Test func labelsThatCollideMoveOrGo() throws {
    let rows = DataTable(
      names: ["x", "y", "name"],
      columns: [
        [.real(1), .real(1), .real(1), .real(1)], [.real(1), .real(1), .real(1), .real(1)],
        [.text("first"), .text("second"), .text("third"), .text("fourth")],
      ])
    let spec: JSON = [
      "data": ["name": "t"], "mark": ["type": "text", "align": "left"], "height": 100,
      "encoding": [
        "x": ["field": "x", "type": "quantitative"], "y": ["field": "y", "type": "quantitative"],
        "text": ["field": "name"],
      ],
    ]
    let figure = try Figure.resolve(
      spec, data: ["t": rows], width: 300, config: .house(.light), titles: true, measure: TextMeasure())
    #expect(figure.plots[0].items[0].count == 3)
    #expect(figure.drawing.notes == ["1 label left out for want of room"])
  }
}
