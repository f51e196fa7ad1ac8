/// One operation of a service, and the IAM actions that it needs. `Batch.listJobsOperation` and its like are for
/// policies, for logs and for reading answers; `Batch.listJobs(…)` makes a call.
package struct Operation: Sendable, Hashable {
  package let service: Service
  /// As AWS writes it: `ListJobs`.
  package let name: String
  /// IAM actions such as `batch:ListJobs`; empty if no permission is needed.
  package let permissions: [String]
  /// Nil if one answer is complete.
  let paging: Paging?
  let answer: AnswerForm
  /// Only for the protocol `restJSON`.
  let path: String
  let limits: HTTPRequest.Limits

  /// The fields that take and return the token of the next page.
  struct Paging: Sendable, Hashable {
    let input: String
    let output: String
  }

  enum AnswerForm: Sendable, Hashable {
    /// JSON, unchanged.
    case json
    /// XML, converted to JSON with the operation's table.
    case xml
    /// Bytes of any kind.
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

  /// Operations with the same value share a quota of requests per second.
  var quota: String { service.hasQuotaPerOperation ? description : service.id }

  /// The name for people and logs: `Batch ListJobs`.
  package var description: String { "\(service.id) \(name)" }
}
