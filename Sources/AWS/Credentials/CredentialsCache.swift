import Foundation

/// Keeps credentials and renews them in time, once for all callers.
///
/// From 15 minutes before they expire they are renewed in the background; from 10 minutes before, all callers wait for
/// the new ones (botocore's advisory and mandatory windows).
package actor CredentialsCache {
  private static let advisorySeconds = 15.0 * 60
  private static let mandatorySeconds = 10.0 * 60

  private let provider: any CredentialsProvider
  private let now: @Sendable () -> Date
  private var current: Credentials?
  private var renewal: Task<Result<Credentials, AWSError>, Never>?

  /// - Parameter provider: asked when credentials are first needed, and again before they expire.
  package init(_ provider: any CredentialsProvider, now: @escaping @Sendable () -> Date) {
    self.provider = provider
    self.now = now
  }

  /// Credentials that stay valid for a while.
  ///
  /// - Throws: `AWSError` of kind `credentials`, also if no source has any; of kind `configuration` if one is set up
  ///   wrongly.
  package func credentials() async throws(AWSError) -> Credentials {
    guard let current else { return try await renewed().get() }
    guard let expiration = current.expiration else { return current }
    let left = expiration.timeIntervalSince(now())
    if left > Self.advisorySeconds { return current }
    if left > Self.mandatorySeconds {
      startRenewal()
      return current
    }
    switch await renewed() {
    case .success(let fresh): return fresh
    // Keys with a few minutes left are better than none.
    case .failure(let error):
      if left > 0 { return current }
      throw error
    }
  }

  /// Drops keys that AWS reported as expired, unless they have been replaced since.
  package func invalidate(_ keys: AccessKeys) {
    if current?.keys == keys { current = nil }
  }

  private func renewed() async -> Result<Credentials, AWSError> {
    await startRenewal().value
  }

  @discardableResult private func startRenewal() -> Task<Result<Credentials, AWSError>, Never> {
    if let renewal { return renewal }
    let task = Task { await renew() }
    renewal = task
    return task
  }

  private func renew() async -> Result<Credentials, AWSError> {
    defer { renewal = nil }
    do {
      guard let fresh = try await provider.load() else { return .failure(.noCredentials) }
      current = fresh
      return .success(fresh)
    } catch {
      return .failure(error)
    }
  }
}

extension AWSError {
  static let noCredentials = AWSError(
    .credentials, "no AWS credentials found", at: "credentials",
    remedy: "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run `aws sso login`; "
      + "`collect --from` needs none")
}
