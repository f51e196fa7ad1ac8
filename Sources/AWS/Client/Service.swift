/// One AWS service: its address, its signing name and its protocol.
package struct Service: Sendable, Hashable {
  /// AWS's name for it in settings: `CloudWatch Logs` is `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`.
  package let id: String
  /// The first label of its host: CloudWatch's is `monitoring`.
  package let hostPrefix: String
  /// In signatures and in IAM actions: `monitoring`, `batch`.
  package let signingName: String
  /// How requests and answers are written.
  package let wire: WireProtocol
  /// The requests per second and region that we allow ourselves; nil: no limit. AWS publishes a quota for few services.
  package let requestsPerSecond: Double?
  /// Whether the limit applies to each operation, or to all of them together.
  package let hasQuotaPerOperation: Bool

  package init(
    id: String, hostPrefix: String, signingName: String, wire: WireProtocol, requestsPerSecond: Double? = nil,
    hasQuotaPerOperation: Bool = false
  ) {
    self.id = id
    self.hostPrefix = hostPrefix
    self.signingName = signingName
    self.wire = wire
    self.requestsPerSecond = requestsPerSecond
    self.hasQuotaPerOperation = hasQuotaPerOperation
  }
}

/// The protocols of AWS services.
package enum WireProtocol: Sendable, Hashable {
  /// JSON posted to a path of the operation's own.
  case restJSON
  /// JSON posted to `/` with the operation in `X-Amz-Target`.
  case json(version: String, target: String)
  /// A form posted to `/`, answered in XML: the protocols `query` and `ec2`.
  case query(version: String)
  /// S3.
  case restXML
}
