import Domain
import Testing

@testable import Replay

/// How much longer jobs run on one family than on another.
@Suite struct FamilySpeedTests {
  private static let start = TinyWorld.start
  private static let week = TimeSpan(
    Instant(milliseconds: start), Instant(milliseconds: start + 7 * 24 * TinyWorld.hour))

  /// An environment with an instance of each of TinyWorld's types, and attempts of given minutes on some.
  private static func history(_ minutes: (type: Int, definition: Int32, minutes: [Double])...) -> History {
    var history = History()
    history.shapes = TinyWorld(.onDemand).model.shapes
    history.environments = TinyWorld(.onDemand).environments
    for type in history.shapes.indices {
      history.lives.append(
        History.Life(
          environment: 0, type: type, zone: -1, started: start, stopped: start + 100 * TinyWorld.hour, isOpen: false,
          isReclaimed: false, knowsStart: true, knowsEnd: true))
    }
    for (type, definition, minutes) in minutes {
      for minutes in minutes {
        let number = Int64(history.attempts.count + 1)
        history.attempts.append(
          History.Attempt(
            id: number * 1024 + 1, job: number, placed: start, started: start,
            stopped: start + Int64(minutes * 60_000), isOpen: false, knowsPull: true,
            need: Need(milliVCPUs: 2000, memoryMiB: 4096), queue: 0, definition: definition, created: start,
            retryAttempts: 1, kind: 0, isARM: false, ephemeralGiB: 20, isLost: false, isLostForGood: false,
            life: Int32(type)))
      }
    }
    return history
  }

  private static func speed(_ history: History) -> FamilySpeed { FamilySpeed(history, over: week) }

  @Test("Half as long again: the ratio of the medians, in both directions") func slower() throws {
    // a.large and a.xlarge are one family: 100 minutes there, 150 on b.
    let speed = Self.speed(
      Self.history((0, 1, [90, 100, 110]), (1, 1, [95, 105]), (2, 1, [135, 142.5, 150, 157.5, 165])))
    #expect(speed.names == ["a", "b", "c"])
    let there = try #require(speed.ratios[FamilySpeed.Pair(from: 0, to: 1)])
    #expect(abs(there.ratio - 1.5) < 1e-9)
    #expect((there.kinds, there.attempts) == (1, 5))
    #expect(there.isSeen)
    #expect(abs(speed.factor(from: 1, to: 2) - 1.5) < 1e-9)
    #expect(abs(speed.factor(from: 2, to: 0) - 1 / 1.5) < 1e-9)
    // Nothing ran on c, and a type is as fast as its family.
    #expect(speed.factor(from: 0, to: 3) == 1)
    #expect(speed.factor(from: 0, to: 1) == 1)
    #expect(speed.factor(from: -1, to: 1) == 1)
  }

  @Test("Four attempts on one side, other definitions, or a difference within chance tell nothing")
  func unknown() {
    let few = Self.speed(Self.history((0, 1, [90, 95, 100, 105, 110]), (2, 1, [150, 150, 150, 150])))
    #expect(few.ratios.isEmpty)
    let others = Self.speed(Self.history((0, 1, [90, 95, 100, 105, 110]), (2, 2, [135, 142.5, 150, 157.5, 165])))
    #expect(others.ratios.isEmpty)
    let alike = Self.speed(Self.history((0, 1, [80, 90, 100, 110, 120]), (2, 1, [82, 92, 103, 112, 122])))
    #expect(alike.ratios[FamilySpeed.Pair(from: 0, to: 1)]?.isSeen == false)
    #expect(alike.factor(from: 0, to: 2) == 1)
    #expect(!alike.isKnown)
  }

  @Test("A replay makes a job as much longer on the other family; what a scenario says comes first")
  func replayed() {
    let known = Self.speed(
      Self.history((0, 1, [90, 95, 100, 105, 110]), (2, 1, [135, 142.5, 150, 157.5, 165])))
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
