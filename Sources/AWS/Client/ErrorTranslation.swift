extension AWSError {
  /// A service's error, classified by what can be done about it.
  init(_ failure: ServiceFailure, _ operation: Operation, attempts: Int, at place: String) {
    let words = failure.message.isEmpty ? failure.code : "\(failure.code): \(failure.message)"
    let tried = attempts > 1 ? " (after \(attempts) attempts)" : ""
    let kind: Kind
    let remedy: String?
    switch failure.code {
    case _ where Self.denials.contains(failure.code):
      let action = Self.deniedAction(failure.message) ?? operation.permissions.first ?? operation.description
      (kind, remedy) = (.permissionDenied(action: action), "allow \(action) for these credentials")
    case _ where Self.expired.contains(failure.code):
      (kind, remedy) = (.credentials, "get new credentials and run again")
    case _ where Self.badKeys.contains(failure.code):
      (kind, remedy) = (.credentials, "check the keys, and that the account has this region enabled")
    case _ where Verdict.throttling.contains(failure.code) || failure.status == 429:
      (kind, remedy) = (.throttled, "run again later")
    case "HTTP 301", "HTTP 302", "HTTP 303", "HTTP 307", "HTTP 308":
      (kind, remedy) = (.service(code: failure.code), "AWS does not redirect: check the endpoint and the proxy")
    default:
      (kind, remedy) = (.service(code: failure.code), nil)
    }
    self.init(kind, words + tried, at: place, remedy: remedy)
  }

  init(_ error: TransportError, attempts: Int, endpoint: Endpoint, at place: String) {
    if error.kind == .cancelled {
      self.init(.cancelled, "cancelled", at: place)
      return
    }
    let tried = attempts > 1 ? " (after \(attempts) attempts)" : ""
    let remedy: String? =
      switch error.kind {
      case .noConnection: "check the network, the proxy variables and the region's name"
      case .untrusted: "set AWS_CA_BUNDLE to the certificates that this network uses"
      default: nil
      }
    self.init(.transport(error.kind), "\(error.message) from \(endpoint)\(tried)", at: place, remedy: remedy)
  }

  /// "… is not authorized to perform: ecs:DescribeTasks on resource …" names the action itself.
  private static func deniedAction(_ message: String) -> String? {
    guard let start = message.firstRange(of: "not authorized to perform: ") else { return nil }
    let action = message[start.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == ":" || $0 == "-" }
    return action.contains(":") ? String(action) : nil
  }

  private static let denials: Set<String> = [
    "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized",
    "AuthorizationError", "AWS.SimpleQueueService.AccessDenied",
  ]

  private static let expired: Set<String> = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"]

  private static let badKeys: Set<String> = [
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure",
    "SignatureDoesNotMatch", "InvalidSignatureException", "MissingAuthenticationToken",
    "MissingAuthenticationTokenException", "IncompleteSignature", "InvalidToken",
  ]
}
