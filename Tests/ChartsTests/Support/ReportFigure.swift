import Domain
import Foundation
import ReportSamples
import Reports

@testable import Charts
@testable import Reporting

/// A report's figure with the sample account's rows: as we draw it, and as a file for any other Vega-Lite.
struct ReportFigure {
  /// `weekly-3`: the third chart of the report.
  var name: String
  var spec: JSON
  var data: [String: DataTable]

  /// The figures of the built-in reports and of the one that `batchcost report new` starts with.
  static func all() throws -> [ReportFigure] {
    let texts = embeddedReports.map { ($0.name, $0.text) } + [("new", ReportScaffold.text(name: "new"))]
    return try texts.flatMap { name, text in
      let renderer = ReportRenderer(source: try Fortnight.source(), subject: Fortnight.week)
      let document = try renderer.document(Report(file: "Reports/\(name).md", name: name, text: text))
      return charts(document.blocks).enumerated().map { index, chart in
        var data: [String: DataTable] = [:]
        for rows in chart.data { data[rows.name] = rows.result }
        return ReportFigure(
          name: "\(name)-\(index + 1)", spec: chart.specification, data: data)
      }
    }
  }

  private static func charts(_ blocks: [Block]) -> [Chart] {
    blocks.flatMap { block -> [Chart] in
      switch block {
      case .figure(let figure): if case .chart(let chart) = figure.body { [chart] } else { [] }
      case .columns(let columns): columns.flatMap(charts)
      case .note(let inner): charts(inner)
      case .list(_, let items): items.flatMap(charts)
      default: []
      }
    }
  }

  /// The spec with its rows, and with hexadecimal colours in place of our palette's names.
  func file() throws -> Data {
    var object = Self.foundation(spec, "") as? [String: Any] ?? [:]
    object["datasets"] = data.mapValues { table in
      (0..<table.rowCount).map { row in
        Dictionary(uniqueKeysWithValues: zip(table.names, table.columns.map { Self.foundation($0[row]) }))
      }
    }
    return try JSONSerialization.data(withJSONObject: object)
  }

  private static func foundation(_ json: JSON, _ name: String) -> Any {
    switch json {
    case .null: NSNull()
    case .boolean(let boolean): boolean
    case .number(let number): number
    case .string(let text): isColor(name) && Token(rawValue: text) != nil ? hexadecimal(text) : text
    case .array(let items): items.map { foundation($0, name) }
    case .object(let members):
      Dictionary(uniqueKeysWithValues: members.map { ($0.name, foundation($0.value, $0.name)) })
    }
  }

  private static func hexadecimal(_ token: String) -> String { Color(token, theme: .light)?.hexString ?? token }

  private static func isColor(_ name: String) -> Bool {
    ["color", "fill", "stroke", "labelColor", "value", "range"].contains(name)
  }

  private static func foundation(_ value: Cell) -> Any {
    switch value {
    case .null: NSNull()
    case .boolean(let boolean): boolean
    case .integer, .real, .money: value.number ?? NSNull()
    case .text, .instant: value.plain
    }
  }
}
