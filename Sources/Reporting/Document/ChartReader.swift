import Charts
import Configuration
import Yams

/// Reads a `vega-lite` block, JSON or YAML: fills in the values in its texts, and fetches the rows that it names. The
/// chart grammar does not know about reports.
struct ChartReader {
  var template: ReportTemplate

  /// Nil if none of its queries has rows.
  func chart(_ text: String, firstLine: Int) throws -> Chart? {
    let reader = try reader(text, firstLine)
    let specification = try JSON(reader.node) { text, node in try template.text(text, line: reader.line(of: node)) }
    var data: [Chart.NamedRows] = []
    for (name, line) in queries(reader.node, reader) where !data.contains(where: { $0.name == name }) {
      data.append(Chart.NamedRows(name: name, result: try template.queries.rows(name, line: line)))
    }
    guard data.isEmpty || data.contains(where: { !$0.result.isEmpty }) else { return nil }
    return Chart(specification: specification, data: data)
  }

  func queryNames(_ text: String, firstLine: Int) throws -> [String] {
    let reader = try reader(text, firstLine)
    return queries(reader.node, reader).map(\.name)
  }

  private func reader(_ text: String, _ firstLine: Int) throws -> SettingsReader {
    try SettingsReader(yaml: text, file: template.file, firstLine: firstLine, what: "vega-lite")
  }

  /// The names in `data: {name: …}` of every view of the figure.
  private func queries(_ node: Yams.Node, _ reader: SettingsReader) -> [(name: String, line: Int)] {
    switch node {
    case .mapping(let mapping):
      return mapping.flatMap { key, value in
        var names = queries(value, reader)
        if key.string == "data", case .mapping(let data) = value, let name = data["name"]?.string {
          names.insert((name, reader.line(of: value)), at: 0)
        }
        return names
      }
    case .sequence(let sequence): return sequence.flatMap { queries($0, reader) }
    default: return []
    }
  }
}
