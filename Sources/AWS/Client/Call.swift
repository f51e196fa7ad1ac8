/// An operation with its input: a value that says everything about a request but who sends it, when and to which region.
///
/// ```swift
/// let call = Batch.describeJobs(["b2ca0b1c-…", "b2ca0b1c-…:7"])
/// ```
package struct Call: Sendable {
  package let operation: Operation
  var input: Input

  enum Input: Sendable {
    case json(JSON)
    case form([HTTPRequest.QueryItem])
    case s3(bucket: String, key: String, query: [HTTPRequest.QueryItem])
    case upload(bucket: String, key: String, headers: [HTTPRequest.Header], body: [UInt8])
    case removal(bucket: String, key: String)
  }

  init(_ operation: Operation, _ input: Input) {
    self.operation = operation
    self.input = input
  }

  /// The call for the page with that token.
  func page(_ token: String) -> Call {
    guard let paging = operation.paging else { return self }
    var call = self
    switch input {
    case .json(let document): call.input = .json(document.setting(paging.input, .string(token)))
    case .form(let items): call.input = .form(items.setting(paging.input, token))
    case .s3(let bucket, let key, let query):
      call.input = .s3(bucket: bucket, key: key, query: query.setting(paging.input, token))
    case .upload, .removal: break
    }
    return call
  }
}

extension [HTTPRequest.QueryItem] {
  fileprivate func setting(_ name: String, _ value: String) -> Self {
    filter { $0.name != name } + [.init(name, value)]
  }

  /// `name.1`, `name.2`, … as the form protocols number lists.
  static func list(_ name: String, _ values: [String]) -> Self {
    values.enumerated().map { .init("\(name).\($0 + 1)", $1) }
  }
}
