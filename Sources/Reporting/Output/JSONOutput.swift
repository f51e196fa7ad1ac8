struct JSONOutput {
  func text(_ document: Document) throws -> String { "" }
}
