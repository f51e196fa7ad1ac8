struct MarkdownOutput {
  func text(_ document: Document) throws -> String { "" }
}
