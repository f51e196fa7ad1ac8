/// Something that an agent may ask for. Tools only read; none changes anything.
package struct Tool: Sendable {
  /// What an agent calls: `run_query`, `explain`.
  package let name: String
  /// For people, in a client's list of tools.
  package let title: String
  /// What it answers and when to use it: all that an agent learns about it.
  package let description: String
  /// All that it takes: another argument is an error.
  package let inputs: [Input]
  /// Called with arguments that were checked. A `ToolError` goes to the agent.
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
    /// The type that an agent is told, and that its arguments are checked for.
    package enum Kind: Sendable, Equatable {
      case text
      /// Both ends included.
      case integer(ClosedRange<Int>)
      /// A list, or one text alone.
      case texts
      /// Names and their values.
      case textsByName
    }

    package let name: String
    package let kind: Kind
    /// What to give, with an example: all that an agent learns about it.
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
  /// Markdown or plain text.
  package let text: String
  /// An object of JSON; nil if the text says it all.
  package let structure: (any Encodable & Sendable)?

  package init(text: String, structure: (any Encodable & Sendable)? = nil) {
    self.text = text
    self.structure = structure
  }
}

/// Why a tool cannot answer, reported to the agent so that it can try again.
package struct ToolError: Error {
  /// What is wrong and what to try instead.
  package let message: String

  package init(_ message: String) { self.message = message }
}
