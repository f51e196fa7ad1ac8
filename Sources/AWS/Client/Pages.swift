/// The pages of a call, fetched one at a time, on demand.
///
/// An absent or empty token ends the sequence. A repeated token, or tokens without end, would make it run for ever:
/// both are errors.
package struct Pages: AsyncSequence, Sendable {
  package typealias Element = Answer
  package typealias Failure = AWSError

  /// Of a hundred jobs each: ten million.
  var most = 100_000
  let client: AWSClient
  let call: Call
  let firstToken: String?

  package func makeAsyncIterator() -> Iterator {
    Iterator(client: client, call: call, most: most, next: .page(firstToken))
  }

  /// Asks for a page when it is wanted, and not before.
  package struct Iterator: AsyncIteratorProtocol {
    enum Next {
      case page(String?)
      case end
    }

    let client: AWSClient
    let call: Call
    let most: Int
    var next: Next
    private var count = 0
    private var landmark: String?

    init(client: AWSClient, call: Call, most: Int, next: Next) {
      (self.client, self.call, self.most, self.next) = (client, call, most, next)
    }

    package mutating func next() async throws(AWSError) -> Answer? {
      try await next(isolation: #isolation)
    }

    package mutating func next(isolation actor: isolated (any Actor)?) async throws(AWSError) -> Answer? {
      guard case .page(let token) = next else { return nil }
      let answer = try await client.send(token.map(call.page) ?? call)
      next = answer.nextToken.map { .page($0) } ?? .end
      if let token = answer.nextToken { try checkProgress(token) }
      return answer
    }

    /// Brent's cycle detection: one remembered token, replaced at pages 1, 2, 4, 8 …, finds every cycle.
    private mutating func checkProgress(_ token: String) throws(AWSError) {
      if token == landmark {
        next = .end
        throw AWSError(
          .unreadable, "the same page token came twice after \(count) pages",
          at: "\(call.operation.description) in \(client.region)")
      }
      count += 1
      if count == most {
        next = .end
        throw AWSError(
          .unreadable, "there is no end to its pages: a next one after \(count)",
          at: "\(call.operation.description) in \(client.region)")
      }
      if count & (count - 1) == 0 { landmark = token }
    }
  }
}
