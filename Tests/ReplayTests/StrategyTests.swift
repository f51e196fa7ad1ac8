import Domain
import Testing

@testable import Replay

/// Each allocation strategy on one job of 2 vCPUs and 4 GiB for an hour, against choices and costs worked out by hand.
@Suite struct StrategyTests {
  private func world(
    _ kind: Environment.Kind, _ strategy: Strategy, types: [Int] = [0, 1, 2, 3],
    _ change: (inout Environment) -> Void = { _ in }
  ) -> TinyWorld {
    var world = TinyWorld(kind, strategy, types: types)
    world.job()
    change(&world.environments[0])
    return world
  }

  @Test("BEST_FIT takes the cheapest instance that holds the job: $0.10 an hour") func bestFit() {
    let world = world(.onDemand, .bestFit)
    #expect(world.launches() == ["a.large a"])
    #expect(world.replay().cost == 100_000_000)
  }

  @Test("BEST_FIT waits at the maximum; the second job starts when the first ends") func bestFitWaits() {
    var world = TinyWorld(.onDemand, .bestFit, types: [1], maximumVCPUs: 7)
    world.job(vcpus: 4)
    world.job(at: 1, vcpus: 4)
    let result = world.replay()
    #expect(world.launches() == ["a.xlarge a"])
    // Runnable at 0:01, started at 1:00.
    #expect(result.queues[0].waitMaximum == 59 * 60_000)
    #expect(result.cost == 400_000_000)
  }

  @Test("BEST_FIT_PROGRESSIVE takes the cheapest vCPU: 3.5 cents, $0.28 an hour") func progressive() {
    let world = world(.onDemand, .bestFitProgressive)
    #expect(world.launches() == ["c.2xlarge a"])
    #expect(world.replay().cost == 280_000_000)
  }

  @Test("BEST_FIT_PROGRESSIVE may exceed the maximum by one instance") func exceeds() {
    var world = TinyWorld(.onDemand, .bestFitProgressive, types: [1], maximumVCPUs: 7)
    world.job(vcpus: 4)
    world.job(at: 1, vcpus: 4)
    world.job(at: 2, vcpus: 4)
    // 4 and 8 of 7 vCPUs: the third waits until 1:00.
    #expect(world.replay().queues[0].waitMaximum == 58 * 60_000)
  }

  @Test("BEST_FIT_PROGRESSIVE_ORDERED takes the first listed type that holds the job") func ordered() {
    #expect(world(.onDemand, .bestFitProgressiveOrdered, types: [2, 0, 3]).launches() == ["b.xlarge a"])
    var large = TinyWorld(.onDemand, .bestFitProgressiveOrdered, types: [2, 0, 3])
    large.job(vcpus: 8)
    #expect(large.launches() == ["c.2xlarge a"])
  }

  @Test("A type without a price is passed over where another has one") func unpriced() {
    var world = world(.spot, .spotCapacityOptimizedPrioritized, types: [2, 0])
    #expect(world.launches() == ["b.xlarge a"])
    // In eu-west-1b only a.xlarge has a price.
    world.environments[0].zones = ["eu-west-1b"]
    world.environments[0].types = [2, 1]
    #expect(world.launches() == ["a.xlarge b"])
    world.environments[0].types = [2]
    #expect(world.launches() == ["b.xlarge b"])
  }

  @Test("BEST_FIT on Spot takes the cheapest instance too, by its Spot price: $0.04 an hour") func bestFitOnSpot() {
    let world = world(.spot, .bestFit)
    #expect(world.launches() == ["a.large a"])
    #expect(world.replay().cost == 40_000_000)
  }

  @Test("SPOT_CAPACITY_OPTIMIZED takes the pool with the fewest reclaims, at any price") func capacityOptimized() {
    let world = world(.spot, .spotCapacityOptimized) {
      $0.behaviour.reclaims = ReclaimRates(hourly: 0.5, byType: [0: 0.5, 1: 0.4, 2: 0.3, 3: 0.0])
    }
    #expect(world.launches() == ["c.2xlarge a"])
    #expect(world.replay().cost == 200_000_000)
    #expect(world.replay().byOption[PurchaseOption.spot.rawValue] == 200_000_000)
  }

  @Test("SPOT_CAPACITY_OPTIMIZED_PRIORITIZED takes the first listed type among the safest") func prioritized() {
    let world = world(.spot, .spotCapacityOptimizedPrioritized, types: [0, 2, 3, 1]) {
      $0.behaviour.reclaims = ReclaimRates(byType: [0: 0.5, 1: 0.0, 2: 0.001, 3: 0.0])
    }
    #expect(world.launches() == ["b.xlarge a"])
  }

  @Test("SPOT_PRICE_CAPACITY_OPTIMIZED takes the cheapest vCPU among the safest, in the cheapest zone")
  func priceCapacityOptimized() {
    // Cents a vCPU-hour: a.large 2, a.xlarge 1.25 in b, b.xlarge 1.75, c.2xlarge 2.5.
    var world = world(.spot, .spotPriceCapacityOptimized) { $0.zones = ["eu-west-1a", "eu-west-1b"] }
    #expect(world.launches() == ["a.xlarge b"])
    #expect(world.replay().cost == 50_000_000)
    world.environments[0].behaviour.reclaims = ReclaimRates(byType: [0: 0.0, 1: 0.9, 2: 0.9, 3: 0.0])
    #expect(world.launches() == ["a.large a"])
  }

  @Test("Fargate: 2 vCPUs and 4 GB for an hour are $0.09874 (method page, G6)") func fargate() {
    let world = world(.fargate, .bestFit, types: [])
    #expect(world.launches() == ["task"])
    #expect(world.replay().cost == 98_740_000)
    #expect(world.replay().byOption[PurchaseOption.fargate.rawValue] == 98_740_000)
  }

  @Test("Fargate bills 3 vCPUs and 5 GB as the next size, 4 vCPUs and 8 GB: $0.19748") func fargateSize() {
    var world = TinyWorld(.fargate, types: [])
    world.job(vcpus: 3, gib: 5)
    #expect(world.replay().cost == 197_480_000)
  }

  @Test("ECS Managed Instances: the cheapest type plus its fee, $0.11; the maximum counts what jobs request")
  func managed() {
    var world = TinyWorld(.managed, types: [0, 1], maximumVCPUs: 2)
    world.job(vcpus: 1, gib: 2)
    world.job(vcpus: 1, gib: 2)
    world.job(vcpus: 1, gib: 2)
    let result = world.replay()
    // Two run side by side on one a.large of 2 vCPUs; the third waits for one of them.
    #expect(world.launches() == ["a.large a"])
    #expect(result.cost == 220_000_000)
    #expect(result.queues[0].waitMaximum == 60 * 60_000)
  }
}
