/// One operation of a service, and what an IAM policy must allow for it.
package struct Operation: Sendable, Hashable {
  package let service: Service
  package let name: String
  /// IAM actions, `batch:ListJobs`; empty where everyone may.
  package let permissions: [String]
  /// Nil where one answer is the whole answer.
  let paging: Paging?
  let answer: AnswerForm
  /// Only of the protocol `restJSON`.
  let path: String
  let limits: HTTPRequest.Limits

  /// Where the token of the next page goes in, and where it comes out.
  struct Paging: Sendable, Hashable {
    let input: String
    let output: String
  }

  enum AnswerForm: Sendable, Hashable {
    /// JSON as it comes.
    case json
    /// XML, given on as JSON by the table of that operation.
    case xml
    /// Whatever it is.
    case bytes
  }

  init(
    _ service: Service, _ name: String, permissions: [String]? = nil, paging: Paging? = nil, answer: AnswerForm = .json,
    path: String = "/", limits: HTTPRequest.Limits = .init()
  ) {
    self.limits = limits
    self.service = service
    self.name = name
    self.permissions = permissions ?? ["\(service.signingName):\(name)"]
    self.paging = paging
    self.answer = answer
    self.path = path
  }

  /// What shares its quota of requests a second.
  var quota: String { service.hasQuotaPerOperation ? description : service.id }

  /// As people and logs name it: `Batch ListJobs`.
  package var description: String { "\(service.id) \(name)" }
}
