/// A handler's answer.
package struct FakeAnswer: Sendable {
  package var status: Int
  package var headers: [String: String]
  package var body: [UInt8]

  package init(status: Int = 200, headers: [String: String] = [:], body: [UInt8] = []) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  package static func json(_ text: String) -> FakeAnswer { json(Array(text.utf8)) }
  package static func json(_ body: [UInt8]) -> FakeAnswer {
    FakeAnswer(headers: ["Content-Type": "application/x-amz-json-1.1"], body: body)
  }

  package static func xml(_ text: String) -> FakeAnswer {
    FakeAnswer(headers: ["Content-Type": "text/xml;charset=UTF-8"], body: Array(text.utf8))
  }

  /// An error in the form of the service's protocol.
  package static func error(_ code: String, _ message: String, status: Int, for request: FakeRequest) -> FakeAnswer {
    var answer: FakeAnswer
    switch request.service {
    case "ec2":
      answer = xml(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>\(code)</Code>"
          + "<Message>\(message)</Message></Error></Errors><RequestID>fake</RequestID></Response>")
    case "sts":
      answer = xml(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
          + "<Code>\(code)</Code><Message>\(message)</Message></Error><RequestId>fake</RequestId></ErrorResponse>")
    case "s3":
      answer = xml("<Error><Code>\(code)</Code><Message>\(message)</Message><RequestId>fake</RequestId></Error>")
    case "batch":
      answer = json("{\"message\":\"\(message)\"}")
      answer.headers["x-amzn-ErrorType"] = "\(code):http://internal.amazon.com/coral/com.amazon.coral.service/"
    default: answer = json("{\"__type\":\"com.amazon.coral.service#\(code)\",\"message\":\"\(message)\"}")
    }
    answer.status = status
    return answer
  }

  /// Each service has its own words for throttling.
  package static func throttle(for request: FakeRequest) -> FakeAnswer {
    switch request.service {
    case "ec2": error("RequestLimitExceeded", "Request limit exceeded.", status: 503, for: request)
    case "s3": error("SlowDown", "Please reduce your request rate.", status: 503, for: request)
    case "batch": error("TooManyRequestsException", "Too Many Requests", status: 429, for: request)
    case "sts": error("Throttling", "Rate exceeded", status: 400, for: request)
    default: error("ThrottlingException", "Rate exceeded", status: 400, for: request)
    }
  }
}

/// One part of the world behind the fake endpoint.
package protocol FakeHandler: Sendable {
  /// Nil if the request is not for this handler.
  func answer(_ request: FakeRequest) async -> FakeAnswer?
}

/// A handler for one operation of one service, as a closure.
package struct FakeOperation: FakeHandler {
  private let service: String
  private let operation: String
  private let body: @Sendable (FakeRequest) async -> FakeAnswer

  package init(_ service: String, _ operation: String, _ body: @escaping @Sendable (FakeRequest) async -> FakeAnswer) {
    (self.service, self.operation, self.body) = (service, operation, body)
  }

  package func answer(_ request: FakeRequest) async -> FakeAnswer? {
    request.service == service && request.operation == operation ? await body(request) : nil
  }
}
