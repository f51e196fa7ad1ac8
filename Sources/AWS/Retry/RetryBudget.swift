import Synchronization

/// Keeps retries from overloading a service that is down: every retry spends tokens, every success returns some.
///
/// The SDKs' retry quota: 500 tokens; a retry costs 14, or 5 after throttling; a success returns what its last retry
/// cost, or 1.
final class RetryBudget: Sendable {
  private static let capacity = 500
  private let tokens = Mutex(capacity)

  /// False if too few are left: then the error is final.
  func spend(_ reason: RetryReason) -> Bool {
    tokens.withLock { tokens in
      guard tokens >= reason.cost else { return false }
      tokens -= reason.cost
      return true
    }
  }

  func succeeded(lastRetry: RetryReason?) {
    tokens.withLock { $0 = min(Self.capacity, $0 + (lastRetry?.cost ?? 1)) }
  }
}

extension RetryReason {
  fileprivate var cost: Int { self == .throttled ? 5 : 14 }
}
