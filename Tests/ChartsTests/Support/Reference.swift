import Foundation
import TestSupport

/// What Vega-Lite drew: see Reference/reference.py.
struct Reference: Decodable {
  struct Item: Decodable {
    var x: Double
    var y: Double
    var x2: Double?
    var y2: Double?
    var w: Double?
    var h: Double?
    var size: Double?
    var shape: String?
    var text: String?
    var defined: Bool?
    var fill: String?
    var stroke: String?
    var opacity: Double?
  }

  struct Mark: Decodable {
    var type: String
    var groups: [[Item]]?
    var items: [Item]
  }

  struct Label: Decodable {
    var text: String
    var at: Double
    var shown: Bool
    var align: String
  }

  struct Axis: Decodable {
    var orient: String
    var labels: [Label]
    var ticks: [Double]
    var title: String?
  }

  struct Plot: Decodable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
    var marks: [Mark]
    var axes: [Axis]
  }

  var plots: [Plot]
  var footers: [Axis]
  var headers: [String]
  var legends: [[String]]
  var valid: [String]
  var width: Double
  var height: Double

  private static var python: String {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    return "\(environment["BATCHCOST_REFERENCE"] ?? "\(cache)/batchcost/reference")/bin/python"
  }

  static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }

  /// Every spec of a folder, by name.
  static func draw(_ folder: URL) async throws -> [String: Reference] {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Reference/reference.py").standardized.path
    let run = try await OtherProgram.run(python, [script, folder.path])
    return try JSONDecoder().decode([String: Reference].self, from: Data(run.out.utf8))
  }

  /// Every text in the drawing.
  var words: [String] {
    let axes = plots.flatMap(\.axes) + footers
    let labels = axes.flatMap { axis in axis.labels.map(\.text) + [axis.title ?? ""] }
    let texts = plots.flatMap(\.marks).flatMap(\.items).compactMap(\.text)
    return labels + texts + headers + legends.joined()
  }
}
