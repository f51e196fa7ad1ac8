/// XML answers as the JSON that the AWS command line prints, so that an answer has one form whatever its protocol.
///
/// Elements that the operation's table does not name are left out. Times stay as AWS wrote them.
package enum XMLAnswers {
  /// Nil if the bytes are not a complete XML document, or there is no table for the operation.
  package static func json(_ operation: String, _ body: [UInt8]) -> [UInt8]? {
    guard let shape = shapes[operation], let root = XMLElement.parse(body) else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(body.count)
    // The query protocol wraps its result once more.
    write(root["\(operation)Result"] ?? root, shape, to: &output)
    return output
  }

  /// By operation: the files of `Shapes`, which `scripts/answer-shapes` writes.
  private static let shapes = Dictionary(
    uniqueKeysWithValues: embeddedFiles.map { file in
      (String(file.path.dropFirst("Shapes/".count).dropLast(".shape".count)), AnswerShape(file.text))
    })

  private static func write(_ element: XMLElement, _ shape: AnswerShape, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    var written: Set<String> = []
    for child in element.children {
      guard let member = shape.members[child.name], written.insert(child.name).inserted else { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      JSON.writeString(member.name, to: &output)
      output.append(UInt8(ascii: ":"))
      switch member.kind {
      case .list(nil, let kind): write(element.children.filter { $0.name == child.name }, kind, to: &output)
      case .list(let item?, let kind): write(child.children.filter { $0.name == item }, kind, to: &output)
      default: write(child, member.kind, to: &output)
      }
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func write(_ items: [XMLElement], _ kind: AnswerShape.Kind, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      write(item, kind, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private static func write(_ element: XMLElement, _ kind: AnswerShape.Kind, to output: inout [UInt8]) {
    switch kind {
    case .structure(let shape): write(element, shape, to: &output)
    case .list(let item, let inner): write(element.children.filter { $0.name == item }, inner, to: &output)
    case .boolean: output += Array((element.text == "true" ? "true" : "false").utf8)
    case .integer where Int64(element.text) != nil: output += Array(element.text.utf8)
    case .number:
      if let number = Double(element.text), number.isFinite {
        output += Array("\(number)".utf8)
      } else {
        JSON.writeString(element.text, to: &output)
      }
    // What is no number although it should be is shown rather than hidden.
    case .string, .integer: JSON.writeString(element.text, to: &output)
    }
  }
}
