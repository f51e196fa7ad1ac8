import Foundation
import Synchronization
import Testing

@testable import AWS

/// Renewal during a run, with botocore's windows: advisory at 15 minutes, mandatory at 10.
@Suite struct CredentialsCacheTests {
  /// Issues keys that last an hour, counts them, and fails on demand.
  final class Source: CredentialsProvider {
    let clock: FakeClock
    let count = Mutex(0)
    let isBroken = Mutex(false)
    let isSlow: Bool

    init(_ clock: FakeClock, isSlow: Bool = false) { (self.clock, self.isSlow) = (clock, isSlow) }

    func load() async throws(AWSError) -> Credentials? {
      if isSlow { try? await Task.sleep(for: .milliseconds(20)) }
      if isBroken.withLock({ $0 }) { throw AWSError(.credentials, "broken", at: "test") }
      let number = count.withLock { count in
        count += 1
        return count
      }
      let keys = AccessKeys(accessKeyID: "K\(number)", secretAccessKey: "S")
      return Credentials(keys: keys, expiration: clock.now + 3600, source: "test")
    }
  }

  private func cache(isSlow: Bool = false) -> (CredentialsCache, Source, FakeClock) {
    let clock = FakeClock()
    let source = Source(clock, isSlow: isSlow)
    return (CredentialsCache(source, now: clock.timing.now), source, clock)
  }

  private func id(_ cache: CredentialsCache) async throws -> String { try await cache.credentials().keys.accessKeyID }

  @Test func concurrentRequestsShareOneRenewal() async throws {
    let (cache, source, _) = cache(isSlow: true)
    let ids = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 { group.addTask { try await id(cache) } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(ids == ["K1"])
    #expect(source.count.withLock { $0 } == 1)
  }

  @Test func keysAreRenewedBeforeTheyExpire() async throws {
    let (cache, _, clock) = cache()
    #expect(try await id(cache) == "K1")
    clock.advance(44 * 60)  // 16 minutes left
    #expect(try await id(cache) == "K1")
    clock.advance(7 * 60)  // 9 minutes left: everyone waits
    #expect(try await id(cache) == "K2")
  }

  @Test func theAdvisoryWindowRenewsInTheBackground() async throws {
    let (cache, source, clock) = cache()
    _ = try await id(cache)
    clock.advance(48 * 60)  // 12 minutes left
    #expect(try await id(cache) == "K1")
    while source.count.withLock({ $0 }) < 2 { await Task.yield() }
    try await Task.sleep(for: .milliseconds(10))
    #expect(try await id(cache) == "K2")
  }

  @Test func oldKeysServeWhileRenewalFails() async throws {
    let (cache, source, clock) = cache()
    _ = try await id(cache)
    source.isBroken.withLock { $0 = true }
    clock.advance(55 * 60)
    #expect(try await id(cache) == "K1")
    clock.advance(6 * 60)
    await #expect(throws: AWSError.self) { try await id(cache) }
    source.isBroken.withLock { $0 = false }
    #expect(try await id(cache) == "K2")
  }

  @Test func onlyTheExpiredKeysAreDropped() async throws {
    let (cache, _, _) = cache()
    let first = try await cache.credentials().keys
    await cache.invalidate(first)
    #expect(try await id(cache) == "K2")
    await cache.invalidate(first)  // a late request, signed with the old keys
    #expect(try await id(cache) == "K2")
  }
}
