import Domain
import Testing

@testable import Replay

/// How much longer jobs run on one family than on another.
@Suite struct FamilySpeedTests {
  private static let start = TinyWorld.start
  private static let days = TimeSpan(
    Instant(milliseconds: start), Instant(milliseconds: start + 20 * 24 * TinyWorld.hour))

  /// An environment with an instance of each of TinyWorld's types, and attempts of given minutes on some: each is that
  /// many minutes on a day of its own.
  private static func history(_ runs: (type: Int, definition: Int32, minutes: [Double])...) -> History {
    var history = History()
    history.shapes = TinyWorld(.onDemand).model.shapes
    history.environments = TinyWorld(.onDemand).environments
    for type in history.shapes.indices {
      history.lives.append(
        History.Life(
          environment: 0, type: type, zone: -1, started: start, stopped: start + 10 * 24 * TinyWorld.hour,
          isOpen: false, isReclaimed: false, knowsStart: true, knowsEnd: true))
    }
    for (type, definition, minutes) in runs {
      for (day, minutes) in minutes.enumerated() {
        let number = Int64(history.attempts.count + 1)
        let began = start + Int64(day) * 24 * TinyWorld.hour
        history.attempts.append(
          History.Attempt(
            id: number * 1024 + 1, job: number, placed: began, started: began,
            stopped: began + Int64(minutes * 60_000), isOpen: false, knowsPull: true,
            need: Need(milliVCPUs: 2000, memoryMiB: 4096), queue: 0, definition: definition, created: began,
            retryAttempts: 1, kind: 0, isARM: false, ephemeralGiB: 20, isLost: false, isLostForGood: false,
            life: Int32(type)))
      }
    }
    return history
  }

  private static let onA: [Double] = [100, 50, 200, 100, 100, 80, 100, 100]
  /// Half as long again each day.
  private static let onB: [Double] = [150, 75, 300, 150, 150, 120, 150, 150]

  private static func speed(_ history: History) -> FamilySpeed { FamilySpeed(history, over: days) }

  @Test("Half as long again each day, however long the days' jobs are: in both directions") func slower() throws {
    let speed = Self.speed(Self.history((0, 1, Self.onA), (2, 1, Self.onB)))
    #expect(speed.names == ["a", "b", "c"])
    let there = try #require(speed.ratios[FamilySpeed.Pair(from: 0, to: 1)])
    #expect(abs(there.ratio - 1.5) < 1e-9)
    #expect(there.comparisons == 8)
    #expect(there.isSeen)
    #expect(abs(speed.factor(from: 1, to: 2) - 1.5) < 1e-9)
    #expect(abs(speed.factor(from: 2, to: 0) - 1 / 1.5) < 1e-9)
    // Nothing ran on c, and a type is as fast as its family.
    #expect(speed.factor(from: 0, to: 3) == 1)
    #expect(speed.factor(from: 0, to: 1) == 1)
    #expect(speed.factor(from: -1, to: 1) == 1)
  }

  @Test("Ratios of 3/2 and 2/3 in turns are no difference; 2 and 1 in turns are √2, with an error of 0.131")
  func scatter() throws {
    let turns = Self.onA.enumerated().map { $0 % 2 == 0 ? $1 * 1.5 : $1 / 1.5 }
    let even = Self.speed(Self.history((0, 1, Self.onA), (2, 1, turns)))
    #expect(even.ratios[FamilySpeed.Pair(from: 0, to: 1)]?.isSeen == false)
    #expect(even.factor(from: 0, to: 2) == 1)
    #expect(!even.isKnown)
    let doubled = Self.onA.enumerated().map { $0 % 2 == 0 ? $1 * 2 : $1 }
    let ratio = try #require(
      Self.speed(Self.history((0, 1, Self.onA), (2, 1, doubled))).ratios[FamilySpeed.Pair(from: 0, to: 1)])
    // Logarithms of 0 and 0.6931 in turns: a mean of 0.3466, a standard deviation of 0.3466 × √(8/7) = 0.3705, of the
    // mean 0.1310. It is 2.6 standard errors from none.
    #expect(abs(ratio.ratio - 1.41421) < 1e-4)
    #expect(abs(ratio.error - 0.1310) < 1e-4)
    #expect(!ratio.isSeen)
  }

  @Test("One long run on one instance is one comparison, whatever its inputs: fifty attempts tell nothing")
  func oneRun() {
    var history = Self.history((0, 1, [100]), (2, 1, [1]))
    for copy in 0..<50 {
      var attempt = history.attempts[1]
      attempt.id += Int64(copy + 1) * 1024
      history.attempts.append(attempt)
    }
    let speed = Self.speed(history)
    #expect(speed.ratios.isEmpty)
    #expect(speed.factor(from: 0, to: 2) == 1)
  }

  @Test("Seven days, other definitions or other days tell nothing") func unknown() {
    #expect(Self.speed(Self.history((0, 1, Array(Self.onA.prefix(7))), (2, 1, Self.onB))).ratios.isEmpty)
    #expect(Self.speed(Self.history((0, 1, Self.onA), (2, 2, Self.onB))).ratios.isEmpty)
    var apart = Self.history((0, 1, Self.onA), (2, 1, Self.onB))
    for index in 8..<16 {
      apart.attempts[index].started += 24 * 8 * TinyWorld.hour
      apart.attempts[index].stopped += 24 * 8 * TinyWorld.hour
    }
    #expect(Self.speed(apart).ratios.isEmpty)
  }

  @Test("A replay makes a job as much longer on the other family; what a scenario says comes first")
  func replayed() {
    let known = Self.speed(Self.history((0, 1, Self.onA), (2, 1, Self.onB)))
    // Only b.xlarge, for a job of an hour measured on a.large.
    var world = TinyWorld(.onDemand, types: [2])
    world.job(minutes: 60)
    func minutes(_ world: TinyWorld, measuredOn type: Int16) -> [Int64] {
      var (trace, model) = (world.trace, world.model)
      trace.runTypes = [type]
      model.speeds = known
      var simulation = Simulation(trace, model, seed: 1)
      simulation.run()
      return simulation.attempts.map { ($0.stopped - $0.started) / 60_000 }
    }
    #expect(minutes(world, measuredOn: 0) == [90])
    #expect(minutes(world, measuredOn: 2) == [60])
    #expect(minutes(world, measuredOn: -1) == [60])
    world.environments[0].slowdown = [2: 2]
    #expect(minutes(world, measuredOn: 0) == [120])
  }
}
