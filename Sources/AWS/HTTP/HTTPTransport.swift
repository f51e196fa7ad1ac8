/// Sends one request and returns its complete answer. Every HTTP status is an answer, not an error.
package protocol HTTPTransport: Sendable {
  /// - Throws: `TransportError` if no complete answer arrived; `.cancelled` if the task was cancelled.
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// Why no complete answer arrived.
package struct TransportError: Error, Sendable, CustomStringConvertible {
  /// What went wrong; `isTransient` says which may pass.
  package enum Kind: Sendable, Equatable {
    /// The task was cancelled.
    case cancelled
    /// The name did not resolve, or nothing accepted the connection.
    case noConnection
    /// Too long without a connection, without a byte, or in total.
    case timedOut
    /// The connection broke before the answer was complete.
    case interrupted
    /// The server's certificate was not accepted, or no CA bundle could be read.
    case untrusted
    /// The answer is larger than the request allows.
    case tooLarge
    /// libcurl could not be set up or refused the request.
    case unsendable
  }

  /// Decides whether the request is sent again.
  package let kind: Kind
  /// libcurl's own message.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether the same request may succeed if it is sent again.
  package var isTransient: Bool {
    switch kind {
    case .noConnection, .timedOut, .interrupted: true
    case .cancelled, .untrusted, .tooLarge, .unsendable: false
    }
  }

  package var description: String { message }
}
