import Foundation
import Testing

@testable import Charts

/// Every figure of every report, with the sample account's rows, drawn by Vega-Lite and by us.
@Suite struct ReportFigureTests {
  /// How many figures the reports have with the sample account.
  static let count = 12

  @Test(.enabled(if: Reference.isInstalled, "run Tests/ChartsTests/Reference/install.sh"))
  func drawsAsVegaLiteDoes() async throws {
    let figures = try ReportFigure.all()
    #expect(figures.count == Self.count)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for figure in figures { try figure.file().write(to: folder.appendingPathComponent("\(figure.name).vl.json")) }
    let references = try await Reference.draw(folder)
    #expect(references.count == Self.count)
    for figure in figures {
      let reference = try #require(references[figure.name])
      #expect(reference.valid.isEmpty, "\(figure.name) is no valid Vega-Lite v6: \(reference.valid)")
      let broken = reference.words.filter(Self.isBroken)
      #expect(broken.isEmpty, "\(figure.name) in Vega-Lite: \(broken)")
      let config = Config.vega.overlaid(ConfigOptions(font: .some("DejaVu Sans")))
      let ours = try Figure.resolve(
        figure.spec, data: figure.data, width: nil, config: config, titles: true, measure: TextMeasure())
      let differences = Difference.between(ours, reference)
      #expect(
        differences.isEmpty, "\(figure.name): \(differences.prefix(6).joined(separator: "; ")) (\(differences.count))")
    }
  }

  /// In our own style too, at page width.
  @Test func showsNothingBroken() throws {
    let figures = try ReportFigure.all()
    #expect(figures.count == Self.count)
    for figure in figures {
      let drawing = try Figure.draw(figure.spec, data: figure.data, width: 499)
      let broken = Self.words(drawing.scene.nodes).filter(Self.isBroken)
      #expect(broken.isEmpty, "\(figure.name): \(broken)")
      try keep("\(figure.name).png", PNGRenderer(scale: 2, background: .white).render(drawing.scene))
    }
  }

  /// What no reader should see: NaN, a placeholder, a missing field.
  private static func isBroken(_ text: String) -> Bool {
    ["NaN", "{{", "undefined", "null", "Infinity"].contains { text.contains($0) }
  }

  private static func words(_ nodes: [Node]) -> [String] {
    nodes.flatMap { node -> [String] in
      switch node {
      case .group(let group): words(group.nodes)
      case .text(let text): [text.string]
      case .path: []
      }
    }
  }
}
