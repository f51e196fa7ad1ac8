/// Sends one request and gives back its whole answer. Every HTTP status is an answer, none an error.
package protocol HTTPTransport: Sendable {
  /// - Throws: `TransportError` where no complete answer came; `.cancelled` when the task was cancelled.
  func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

/// Why no complete answer came.
package struct TransportError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Equatable {
    case cancelled
    /// The name did not resolve, or nothing accepted the connection.
    case noConnection
    /// Too long without a connection, or without a byte, or altogether.
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

  package let kind: Kind
  /// libcurl's own words.
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// Whether the same request may succeed when it is sent again.
  package var isTransient: Bool {
    switch kind {
    case .noConnection, .timedOut, .interrupted: true
    case .cancelled, .untrusted, .tooLarge, .unsendable: false
    }
  }

  package var description: String { message }
}
