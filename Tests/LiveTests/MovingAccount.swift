import TestSupport

/// The sample account, moving from one moment to the next.
actor MovingAccount: FakeHandler {
  private let whole: SampleAccount
  private let memory: SampleAccount.Memory
  private var now: SampleAccount

  init(_ whole: SampleAccount, memory: SampleAccount.Memory) {
    (self.whole, self.memory, now) = (whole, memory, whole)
  }

  /// - Parameter moment: seconds since 1970.
  func move(to moment: Double) throws { now = try whole.at(moment, memory: memory) }

  func answer(_ request: FakeRequest) async -> FakeAnswer? { await now.answer(request) }
}
