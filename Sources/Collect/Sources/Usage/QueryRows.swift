/// Rows of a Logs Insights query: lists of cells in the answers of GetQueryResults, objects in the tables that the console
/// exports.
extension JSONValue {
  /// The fields of a row, with their values.
  var queryFields: [(JSONText, JSONValue)] {
    if isObject { return Array(members) }
    return elements.compactMap { cell in
      guard let field = cell["field"]?.text, let value = cell["value"] else { return nil }
      return (field, value)
    }
  }

  var isQueryRow: Bool {
    isObject ? SingleDocument(self) == .queryRow : isArray && firstElement?["field"] != nil
  }
}

/// The answer of a query as a table (CSV), as the console exports it.
enum QueryTable {
  /// Columns of which such a table has one.
  private static let marks = ["TaskId", "@logStream", "@message"]

  /// The rows as a list of JSON objects, with room for the parser; nil if the bytes are something else.
  static func json(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    guard var table = marks.lazy.compactMap({ Delimited(bytes, having: [$0]) }).first else { return nil }
    let names = table.columns.sorted { $0.value < $1.value }
    var json = [UInt8(ascii: "[")]
    while let cells = table.next() {
      if cells.allSatisfy(\.isEmpty) { continue }
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      json.append(UInt8(ascii: "{"))
      for (index, (name, column)) in names.filter({ cells.indices.contains($0.value) }).enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        appendQuoted(name.utf8, to: &json)
        json.append(UInt8(ascii: ":"))
        appendQuoted(cells[column].utf8, to: &json)
      }
      json.append(UInt8(ascii: "}"))
    }
    json.append(UInt8(ascii: "]"))
    return json + [UInt8](repeating: 0, count: JSONParser.padding)
  }
}
