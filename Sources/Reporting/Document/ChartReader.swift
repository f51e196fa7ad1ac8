import Base
import Configuration
import Yams

/// Reads a `vega-lite` block, JSON or YAML: fills the values in its texts, fetches the rows it names, and writes
/// it as JSON for the chart grammar, which knows nothing of reports.
struct ChartReader {
  var template: ReportTemplate

  /// Nil where none of its queries has rows.
  func chart(_ text: String, firstLine: Int) throws -> Chart? {
    let reader = try SettingsReader(yaml: text, file: template.file, firstLine: firstLine, what: "vega-lite")
    var names: [(String, Int)] = []
    let json = try json(reader.node, reader, names: &names)
    var data: [Chart.NamedRows] = []
    for (name, line) in names where !data.contains(where: { $0.name == name }) {
      data.append(Chart.NamedRows(name: name, result: try template.queries.rows(name, line: line)))
    }
    guard data.isEmpty || data.contains(where: { !$0.result.isEmpty }) else { return nil }
    return Chart(specification: json, data: data)
  }

  func queryNames(_ text: String, firstLine: Int) throws -> [String] {
    let reader = try SettingsReader(yaml: text, file: template.file, firstLine: firstLine, what: "vega-lite")
    var names: [(String, Int)] = []
    _ = try json(reader.node, reader, names: &names)
    return names.map(\.0)
  }

  private func json(_ node: Node, _ reader: SettingsReader, names: inout [(String, Int)]) throws -> String {
    switch node {
    case .mapping(let mapping):
      var parts: [String] = []
      for (key, value) in mapping {
        let name = key.string ?? ""
        if name == "data", case .mapping(let data) = value, let query = data["name"]?.string {
          names.append((query, reader.line(of: value)))
        }
        parts.append("\(name.quotedJSON):\(try json(value, reader, names: &names))")
      }
      return "{\(parts.joined(separator: ","))}"
    case .sequence(let sequence):
      return "[\(try sequence.map { try json($0, reader, names: &names) }.joined(separator: ","))]"
    case .scalar(let scalar):
      if scalar.style == .plain, let literal = Self.literal(scalar.string) { return literal }
      return try template.text(scalar.string, line: reader.line(of: node)).quotedJSON
    default:
      throw ReportError(file: template.file, line: reader.firstLine, "vega-lite: aliases are not supported")
    }
  }

  /// A YAML scalar that JSON writes without quotes.
  static func literal(_ text: String) -> String? {
    switch text {
    case "true", "false", "null": return text
    case "~", "": return "null"
    default: break
    }
    guard let first = text.first, first.isASCII, first.isNumber || "-+.".contains(first) else { return nil }
    if let whole = Int64(text) { return String(whole) }
    guard let number = Double(text), number.isFinite else { return nil }
    return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }
}
