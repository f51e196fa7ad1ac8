import Domain
import Testing

@testable import Replay

/// What history says about the market, against figures worked out by hand.
@Suite struct MarketTests {
  private let need = Need(milliVCPUs: 2000, memoryMiB: 4096)

  /// Each octave a type is larger than the job halves its chance: 4/7, 2/7, 1/7 for 2, 4 and 8 vCPUs.
  @Test("The larger a type, the less likely it is") func excess() {
    let weights = TypePreference.Weights(excess: -0.693_147_180_56, dearness: 0, count: 10)
    let offers = TypePreference.Offer.all(need, milliVCPUs: [2000, 4000, 8000], rates: [1, 2, 4])
    #expect(offers.map(\.excess) == [0, 1, 2])
    #expect(offers.map(\.dearness) == [0, 0, 0])
    let alone = TypePreference(weights: weights, launches: [], zones: [])
    #expect(rounded(alone.shares(need, [5, 6, 7], offers)) == [571, 286, 143])
    // Three launches of the third type for such jobs, against a rule that weighs as much as four: 16/49, 8/49, 25/49.
    let seen = TypePreference(
      weights: weights, launches: Array(repeating: .init(need: need, type: 7), count: 3), zones: [])
    #expect(rounded(seen.shares(need, [5, 6, 7], offers)) == [327, 163, 510])
    // For jobs with half the vCPUs they count e⁻² each: 3 × 0.1353 = 0.406 of 4.406.
    let other = Need(milliVCPUs: 1000, memoryMiB: 4096)
    let unlike = seen.shares(other, [7], [offers[0]])
    #expect(unlike == [1])
    #expect(rounded(seen.shares(other, [5, 6, 7], offers)) == [519, 259, 222])
  }

  @Test("A vCPU at twice the lowest price is an octave dearer; without a price it counts as average")
  func dearness() {
    let offers = TypePreference.Offer.all(need, milliVCPUs: [2000, 2000, 4000], rates: [1, 2, nil])
    #expect(offers.map(\.dearness) == [0, 1, 0.5])
  }

  /// The larger of two was chosen one time in four: odds of 1 to 3, ln ⅓ = −1.0986 an octave.
  @Test("Weights of a logit: chosen one time in four") func fitted() {
    let offers = [
      TypePreference.Offer(excess: 0, dearness: 0), TypePreference.Offer(excess: 1, dearness: 0),
    ]
    let choices = (0..<4000).map { PreferenceFit.Choice(offers: offers, chosen: $0 % 4 == 0 ? 1 : 0) }
    let weights = PreferenceFit.weights(choices, around: TypePreference.Weights(), precision: 0.001)
    #expect(abs(weights.excess + 1.0986) < 0.001)
    #expect(abs(weights.dearness) < 1e-6)
    #expect(weights.count == 4000)
    // A single choice says little against a heavier prior.
    let one = PreferenceFit.weights([choices[0]], around: TypePreference.Weights(), precision: 4)
    #expect(one.excess > 0.1 && one.excess < 0.13)
  }

  @Test("BEST_FIT leaves no type to chance, unless most of its launches did not follow it") func byRule() throws {
    func choice(_ chosen: Int, _ rates: [Double?]) -> PreferenceFit.Choice {
      PreferenceFit.Choice(offers: [], chosen: chosen, rates: rates)
    }
    #expect(PreferenceFit.followCheapest([]))
    #expect(PreferenceFit.followCheapest([choice(0, [1, 2]), choice(1, [1, 2]), choice(1, [nil, nil])]))
    #expect(!PreferenceFit.followCheapest([choice(0, [1, 2]), choice(1, [1, 2]), choice(1, [1, nil])]))
    // In the sample mpi alone has BEST_FIT.
    let recollection = try Sample.recollection.get()
    let span = TimeSpan(Sample.first.lowerBound.start, Sample.first.upperBound.start)
    let fit = recollection.fit(over: span)
    let byRule = zip(recollection.history.environments, fit.preferences).filter { $1.isByRule }.map(\.0.name)
    #expect(byRule == ["mpi"])
  }

  @Test("Zones are drawn as often as launches went there") func zones() {
    let preference = TypePreference(weights: .init(), launches: [], zones: [2, 0, 2, -1, 2])
    #expect([0, 0.24, 0.26, 0.99].map { preference.zone(share: $0) } == [0, 0, 2, 2])
    #expect(TypePreference().zone(share: 0.5) == nil)
  }

  private func rounded(_ shares: [Double]) -> [Int] { shares.map { Int(($0 * 1000).rounded()) } }

  /// Two environments, Spot first, each instance with room for one job.
  private var spotFirst: TinyWorld {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized, types: [0])
    var second = world.environments[0]
    second.name = "on-demand"
    second.kind = .onDemand
    second.strategy = .bestFit
    world.environments.append(second)
    world.queues[0].environments = [0, 1]
    return world
  }

  @Test("If Spot has no capacity for a quarter of the launches, the next environment makes them") func shortage() {
    var world = spotFirst
    for _ in 0..<4000 { world.job() }
    world.environments[0].behaviour.shortage = 0.25
    let passed = world.replay().environments[1].instances
    // The standard deviation is 27.
    #expect(abs(passed - 1000) < 110)
    world.environments[0].behaviour.shortage = 1
    #expect(world.replay().environments.map(\.instances) == [0, 4000])
  }

  @Test("A retry skips Spot as often as retries did, even if there is room") func diversion() {
    var world = spotFirst
    world.job(minutes: 10)
    world.runs.append(Trace.Run(duration: 600_000, pause: 60_000, firstTry: 1))
    world.tries.append(Trace.Try())
    world.jobs[0].runs = 2
    world.environments[0].behaviour.tail = Delay(constant: 600_000)
    #expect(world.launches() == ["a.large a"])
    world.queues[0].diversion = 1
    #expect(world.launches() == ["a.large a", "a.large a"])
    #expect(world.replay().environments.map(\.instances) == [1, 1])
    // What history shows about this very retry comes before any share.
    world.environments[0].following = .market
    world.environments[1].following = .market
    world.tries[1].firstEnvironment = 0
    #expect(world.replay().environments.map(\.instances) == [1, 0])
  }

  @Test("An identical try gets what the market did before: the pool, and the time of the reclaim")
  func market() {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized)
    world.job(minutes: 120)
    world.environments[0].following = .market
    world.tries[0] = Trace.Try(
      firstEnvironment: 0, type: 3, zone: 0, fate: Trace.Fate(until: TinyWorld.start + 90 * 60_000, isReclaimed: true))
    world.tries[0].environment = 0
    let result = world.replay()
    // c.2xlarge at $0.20 for 90 minutes, then the strategy's choice: a.xlarge at $0.06 for two hours.
    #expect(world.launches() == ["c.2xlarge a", "a.xlarge a"])
    #expect(result.cost == 420_000_000)
    #expect(result.reclaims == 1)
  }

  @Test("Reclaim rates are those of the replayed time, drawn towards all time") func reclaims() {
    var history = History()
    history.environments = [Environment(id: 1, name: "spot", kind: .spot, types: [0])]
    let day: Int64 = 86_400_000
    func life(_ start: Int64, _ hours: Int64, taken: Bool) {
      history.lives.append(
        History.Life(
          environment: 0, type: 0, zone: -1, started: start, stopped: start + hours * TinyWorld.hour, isOpen: false,
          isReclaimed: taken, knowsStart: true, knowsEnd: true))
    }
    for _ in 0..<10 { life(0, 10, taken: false) }
    for index in 0..<10 { life(2 * day, 10, taken: index < 5) }
    let span = TimeSpan(Instant(milliseconds: 2 * day), Instant(milliseconds: 4 * day))
    let rates = ReclaimFit(
      history, over: span, known: TimeSpan(Instant(milliseconds: 0), Instant(milliseconds: 4 * day))
    ).rates(of: 0)
    // 5 in 200 hours overall; (5 + 200 × 0.025) ÷ (100 + 200) in the span; for the type (5 + 200 × that) ÷ 300.
    #expect(abs(rates.hourly - 0.033_333) < 1e-5)
    #expect(abs((rates.byType[0] ?? 0) - 0.038_889) < 1e-5)
  }

  @Test("A type at six times the Spot Advisor's band is expected to be reclaimed six times as often") func bands() {
    var history = History()
    history.environments = [Environment(id: 1, name: "spot", kind: .spot, types: [0])]
    history.bands = ["eu-west-1": [0: 0.025, 1: 0.15]]
    for index in 0..<10 {
      history.lives.append(
        History.Life(
          environment: 0, type: 0, zone: -1, started: 0, stopped: 20 * TinyWorld.hour, isOpen: false,
          isReclaimed: index < 4, knowsStart: true, knowsEnd: true))
    }
    let span = TimeSpan(Instant(milliseconds: 0), Instant(milliseconds: 100 * TinyWorld.hour))
    let rates = ReclaimFit(history, over: span, known: span).rates(of: 0)
    // 4 in 200 hours; nothing was seen of the other type.
    #expect(abs(rates.hourly - 0.02) < 1e-9)
    #expect(abs(rates.rate(of: 1) - 0.12) < 1e-9)
  }

  @Test("An account without Spot has only the bands: a tenth of instances that live 20 hours") func bandsAlone() {
    var history = History()
    history.environments = [Environment(id: 1, name: "on-demand", kind: .onDemand, types: [0])]
    history.lives = [
      History.Life(
        environment: 0, type: 0, zone: -1, started: 0, stopped: 20 * TinyWorld.hour, isOpen: false, isReclaimed: false,
        knowsStart: true, knowsEnd: true)
    ]
    let span = TimeSpan(Instant(milliseconds: 0), Instant(milliseconds: 100 * TinyWorld.hour))
    #expect(ReclaimFit(history, over: span, known: span).spotRates(in: "eu-west-1") == ReclaimRates())
    history.bands = ["eu-west-1": [0: 0.1]]
    let fit = ReclaimFit(history, over: span, known: span)
    // −ln 0.9 = 0.10536, over 20 hours.
    #expect(abs(fit.spotRates(in: "eu-west-1").rate(of: 0) - 0.005_268) < 1e-6)
    #expect(fit.rates(of: 0) == ReclaimRates())
  }

  @Test("A job lost for good would have run as long as one of its definition that finished") func lostForGood() {
    var history = History()
    history.environments = [Environment(id: 1, name: "spot", kind: .spot)]
    history.lives = [
      History.Life(
        environment: 0, type: 0, zone: -1, started: 0, stopped: 600_000, isOpen: false, isReclaimed: true,
        knowsStart: true, knowsEnd: true)
    ]
    func attempt(_ id: Int64, seconds: Int64, lost: Bool = false) -> History.Attempt {
      History.Attempt(
        id: id, job: id, placed: 0, started: 0, stopped: seconds * 1000, isOpen: false, knowsPull: true, need: need,
        queue: 0, definition: 7, created: 0, retryAttempts: 1, kind: 0, isARM: false, ephemeralGiB: 20, isLost: false,
        isLostForGood: lost, life: 0)
    }
    history.attempts = [attempt(1, seconds: 60), attempt(2, seconds: 900), attempt(3, seconds: 600, lost: true)]
    let durations = Durations(history)
    #expect(durations.duration(of: history.attempts[2], history) == 900_000)
    #expect(durations.duration(of: history.attempts[0], history) == 60_000)
    history.environments[0].kind = .onDemand
    #expect(durations.duration(of: history.attempts[2], history) == 600_000)
    #expect(history.isTaken(history.lives[0]))
  }

  /// Three instances of 4 vCPUs for ten hours; twelve jobs wait for each other's place.
  @Test(
    "An environment at its largest while jobs waited gets no more; waits beside room, or for other jobs, prove nothing",
    arguments: [(Int64(3), false, Int64(12_000)), (1, false, .max), (3, true, .max)])
  func capacity(instances: Int64, dependent: Bool, limit: Int64) {
    let hour: Int64 = 3_600_000
    var history = History()
    history.shapes = [
      InstanceShape(
        name: "c5.xlarge", nominal: Resources(milliVCPUs: 4000, memoryMiB: 8192), registeredMiB: 7680)
    ]
    history.environments = [Environment(id: 1, name: "spot", kind: .spot, types: [0], maximumMilliVCPUs: 256_000)]
    // As many as there are while jobs wait, and three for a moment before.
    history.lives = (0..<3).map { index in
      History.Life(
        environment: 0, type: 0, zone: -1, started: 0, stopped: index < instances ? 10 * hour : 60_000, isOpen: false,
        isReclaimed: false, knowsStart: true, knowsEnd: true)
    }
    var edges: [Dependencies.Edge] = []
    for job in Int64(1)...12 {
      history.attempts.append(
        History.Attempt(
          id: job * 1024 + 1, job: job, placed: 2 * hour + job * 60_000, started: 2 * hour + job * 60_000,
          stopped: 3 * hour, isOpen: false, knowsPull: true, need: need, queue: 0, definition: 1, created: hour,
          retryAttempts: 1, kind: 0, isARM: false, ephemeralGiB: 20, isLost: false, isLostForGood: false, life: 0))
      if dependent { edges.append(Dependencies.Edge(before: .job(100), after: .job(job))) }
    }
    history.dependencies = Dependencies(edges: edges)
    #expect(CapacityFit.limits(history) == [limit])
    // Jobs that waited only for a launch prove nothing.
    for index in history.attempts.indices { history.attempts[index].created = history.attempts[index].placed - 90_000 }
    #expect(CapacityFit.limits(history) == [.max])
  }

  @Test("Where an environment can get no more capacity, jobs wait below its maximum") func shortOfCapacity() {
    var world = TinyWorld(.onDemand, .bestFitProgressive, types: [0], maximumVCPUs: 100)
    world.environments[0].capacityMilliVCPUs = 5000
    for _ in 0..<3 { world.job(minutes: 60) }
    // Two instances of 2 vCPUs: the third job waits an hour.
    #expect(world.replay().queues[0].waitMaximum == 3_600_000)
  }
}
