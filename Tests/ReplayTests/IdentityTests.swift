import Domain
import Testing

@testable import Replay

@Suite struct IdentityTests {
  /// On-Demand 90 minutes at $0.20; Spot 150 minutes, one hour at $0.07 and 1.5 at $0.09 (the prices at 1:10 and 2:10);
  /// Fargate 50 minutes of 2 × 0.04048 + 4 × 0.004445 = $0.09874.
  @Test("The same instances without contention give the ledger's figures to the nanodollar, account by account")
  func identity() throws {
    let recollection = try SmallAccount().recollection()
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let actual = recollection.actual(days)
    #expect(actual.environments.map(\.name) == ["fargate", "on-demand", "spot"])
    #expect(actual.environments.map(\.cost) == [82_283_333, 300_000_000, 205_000_000])
    let answer = try Oracle(recollection, days: days, seeds: 2).answer(Scenario(name: "as it was"))
    for result in answer.replayed.results {
      for (replayed, real) in zip(result.environments, actual.environments) {
        #expect(replayed.cost == real.cost)
        #expect(replayed.accounts == real.accounts)
        #expect(replayed.instanceMilliseconds == real.instanceMilliseconds)
        #expect(replayed.reclaims == real.reclaims)
      }
      #expect(result.byOption == actual.byOption)
      #expect(result.queues == actual.queues)
    }
    #expect(recollection.history.unmodelled.map(\.name) == ["kubernetes"])
    #expect(recollection.history.unmodelled.map(\.kind) == ["EKS"])
  }
}
