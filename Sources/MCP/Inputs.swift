import Base

/// The arguments of one call, read by kind.
package struct Inputs: Sendable {
  private let values: [String: Argument]

  /// - Throws: `ToolError` for an argument that is missing, unknown or of the wrong kind.
  init(_ values: [String: Argument], of tool: Tool) throws(ToolError) {
    let known = tool.inputs.map(\.name)
    for name in values.keys.sorted() where !known.contains(name) {
      throw ToolError("\(tool.name) takes no \"\(name)\"\(Spelling.hint(name, among: known))")
    }
    self.values = values.filter { $0.value != .null }
    for input in tool.inputs {
      guard let value = self.values[input.name] else {
        if input.isRequired { throw ToolError("\(tool.name) needs \"\(input.name)\": \(input.description)") }
        continue
      }
      guard input.kind.takes(value) else {
        throw ToolError("\(tool.name): \"\(input.name)\" is \(input.kind.words)")
      }
    }
  }

  /// Nil if the argument was not given.
  package func text(_ name: String) -> String? { values[name]?.plainText }

  /// Nil if the argument was not given.
  package func integer(_ name: String) -> Int? {
    guard case .number(let number) = values[name] else { return nil }
    return Int(exactly: number)
  }

  /// A single text is a list of one; empty if the argument was not given.
  package func texts(_ name: String) -> [String] {
    switch values[name] {
    case .list(let list): list.compactMap(\.plainText)
    case let value?: value.plainText.map { [$0] } ?? []
    case nil: []
    }
  }

  /// Empty if the argument was not given.
  package func textsByName(_ name: String) -> [String: String] {
    guard case .object(let object) = values[name] else { return [:] }
    return object.compactMapValues(\.plainText)
  }
}

extension Tool.Input.Kind {
  fileprivate func takes(_ value: Argument) -> Bool {
    switch (self, value) {
    case (.text, _): value.plainText != nil
    case (.integer(let range), .number(let number)): Int(exactly: number).map(range.contains) ?? false
    case (.texts, .list(let list)): list.allSatisfy { $0.plainText != nil }
    case (.texts, _): value.plainText != nil
    case (.textsByName, .object(let object)): object.values.allSatisfy { $0.plainText != nil }
    default: false
    }
  }

  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .texts: "a list of text values"
    case .textsByName: "an object of names and their values"
    }
  }
}
