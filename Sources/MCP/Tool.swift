/// Something that an agent may ask for. Tools only read; none changes anything.
package struct Tool: Sendable {
  package let name: String
  package let title: String
  /// What it answers and when to use it: all that an agent learns about it.
  package let description: String
  package let inputs: [Input]
  package let run: @Sendable (Inputs) throws -> ToolAnswer

  package init(
    name: String, title: String, description: String, inputs: [Input],
    run: @escaping @Sendable (Inputs) throws -> ToolAnswer
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.inputs = inputs
    self.run = run
  }

  /// One argument of a tool.
  package struct Input: Sendable {
    package enum Kind: Sendable, Equatable {
      case text
      case integer(ClosedRange<Int>)
      case texts
      /// Names and their values.
      case textsByName
    }

    package let name: String
    package let kind: Kind
    package let description: String
    package let isRequired: Bool

    package init(_ name: String, _ kind: Kind, _ description: String, isRequired: Bool = false) {
      self.name = name
      self.kind = kind
      self.description = description
      self.isRequired = isRequired
    }
  }
}

/// What a tool found: text for the agent to read, and the same data as values.
package struct ToolAnswer: Sendable {
  package let text: String
  package let structure: (any Encodable & Sendable)?

  package init(text: String, structure: (any Encodable & Sendable)? = nil) {
    self.text = text
    self.structure = structure
  }
}

/// Why a tool cannot answer, reported to the agent so that it can try again.
package struct ToolError: Error {
  package let message: String

  package init(_ message: String) { self.message = message }
}
