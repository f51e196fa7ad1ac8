import Charts
import Configuration
import Yams

/// Reads a `vega-lite` block, JSON or YAML, or the file of the figure that it names (`figure: queue-days`): fills in the
/// values in its texts, and fetches the rows that it names. The chart grammar does not know about reports.
struct ChartReader {
  private var template: ReportTemplate
  private var reader: SettingsReader
  /// Where drawing finds fault: the line of the block, or the first one of the figure's file.
  private var line: Int

  /// - Parameter line: that of the block; its text begins on the next one.
  init(_ text: String, line: Int, of report: Report, template: ReportTemplate) throws {
    self.template = template
    self.line = line
    reader = try SettingsReader(yaml: text, file: template.file, firstLine: line + 1, what: "vega-lite")
    guard let name = try reader.string("figure") else { return }
    try reader.allow(["figure"])
    guard let figure = try report.library.figure(named: name) else {
      throw ReportError.unknown(
        "figure", name, among: report.library.figureNames, file: template.file, line: reader.line("figure"))
    }
    reader = try SettingsReader(yaml: figure.text, file: figure.file, firstLine: 1, what: "figure")
    self.template.file = figure.file
    self.template.queries.file = figure.file
    self.line = 1
  }

  /// Nil if none of its queries has rows.
  func chart() throws -> Chart? {
    let specification = try JSON(reader.node) { text, node in try template.text(text, line: reader.line(of: node)) }
    var data: [Chart.NamedRows] = []
    for (name, line) in queries(reader.node) where !data.contains(where: { $0.name == name }) {
      data.append(Chart.NamedRows(name: name, result: try template.queries.rows(name, line: line)))
    }
    guard data.isEmpty || data.contains(where: { !$0.result.isEmpty }) else { return nil }
    return Chart(specification: specification, data: data, file: template.file, line: line)
  }

  var queryNames: [String] { queries(reader.node).map(\.name) }

  /// The names in `data: {name: …}` of every view of the figure.
  private func queries(_ node: Yams.Node) -> [(name: String, line: Int)] {
    switch node {
    case .mapping(let mapping):
      return mapping.flatMap { key, value in
        var names = queries(value)
        if key.string == "data", case .mapping(let data) = value, let name = data["name"]?.string {
          names.insert((name, reader.line(of: value)), at: 0)
        }
        return names
      }
    case .sequence(let sequence): return sequence.flatMap { queries($0) }
    default: return []
    }
  }
}
