import Foundation
import ReportSamples
import Testing

@testable import Charts

/// The gallery drawn by Vega-Lite and by us: marks within a pixel, the same ticks, labels, titles and legends.
@Suite struct ReferenceTests {
  /// Deliberate differences: the spec, what differs, and why.
  static let deliberate: [String: (pattern: String, reason: String)] = [
    "text-stacked": (
      "(text)",
      "Vega-Lite stacks a text layer by the text's field too, so that labels leave their bars; ours keep to them"
    ),
    "scale-threshold": (
      "legends", "Vega-Lite writes the thresholds beside a broken ramp; ours are entries, \"10 – 30\", that read alone"
    ),
  ]

  @Test(.enabled(if: Reference.isInstalled, "run Tests/ChartsTests/Reference/install.sh"))
  func drawsAsVegaLiteDoes() async throws {
    let references = try await Reference.draw(GalleryTests.folder)
    #expect(references.count >= 60)
    for (name, reference) in references.sorted(by: { $0.key < $1.key }) {
      #expect(reference.valid.isEmpty, "\(name) is no valid Vega-Lite v6: \(reference.valid)")
      let path = GalleryTests.folder.appendingPathComponent("\(name).vl.json")
      let spec = try JSON(parsing: try String(contentsOf: path, encoding: .utf8))
      let config = Config.vega.overlaid(ConfigOptions(font: .some("DejaVu Sans")))
      let ours = try Figure.resolve(spec, data: [:], width: nil, config: config, titles: true, measure: TextMeasure())
      var differences = Difference.between(ours, reference)
      if let known = Self.deliberate[name] { differences.removeAll { $0.contains(known.pattern) } }
      #expect(differences.isEmpty, "\(name): \(differences.prefix(4).joined(separator: "; ")) (\(differences.count))")
    }
  }
}
