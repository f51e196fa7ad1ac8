import Foundation

/// The clock, waiting and randomness, as values, so that tests can supply their own.
package struct Timing: Sendable {
  /// By this machine's clock, which may be wrong: requests are signed with AWS's.
  package var now: @Sendable () -> Date
  /// Waits that many seconds; throws if the task is cancelled.
  package var sleep: @Sendable (_ seconds: Double) async throws -> Void
  /// Uniform from 0 up to 1.
  package var random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> Date, sleep: @escaping @Sendable (Double) async throws -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  /// The machine's own.
  package static let system = Timing(
    now: { Date() },
    sleep: { try await Task.sleep(for: .seconds($0)) },
    random: { Double.random(in: 0..<1) })
}
