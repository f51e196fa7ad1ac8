import Foundation
import ReportSamples
import Testing

@testable import Charts

/// Draws every spec of the gallery in our own style; `$BATCHCOST_KEEP` names a folder for the pictures.
@Suite struct GalleryTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Gallery")

  static var specs: [String] {
    let folder = ProcessInfo.processInfo.environment["BATCHCOST_SPECS"].map { URL(fileURLWithPath: $0) } ?? folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".vl.json") }.sorted().map { folder.appendingPathComponent($0).path }
  }

  @Test(arguments: specs)
  func draws(_ path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let spec = try JSON(parsing: text)
    let figure = try Figure.draw(spec, data: [:], width: 499)
    #expect(abs(figure.scene.width - 499) < 0.1)
    #expect(!figure.description.isEmpty)
    if ProcessInfo.processInfo.environment["BATCHCOST_KEEP"] != nil { print(figure.description, figure.notes) }
    let name = URL(fileURLWithPath: path).lastPathComponent.replacingOccurrences(of: ".vl.json", with: "")
    try keep("\(name).png", PNGRenderer(scale: 1.5).render(figure.scene))
    keep("\(name).svg", Array(SVGRenderer().render(figure.scene).utf8))
  }
}
