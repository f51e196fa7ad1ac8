import Domain
import Testing

@testable import Replay

/// Fair-share queues against cases worked out by hand: one environment with room for one job at a time.
@Suite struct FairShareTests {
  private static let week: Int64 = 604_800_000

  private struct World {
    var world: TinyWorld
    var shares = ["", "a", "b"]

    init(_ policy: FairShare?, maximumVCPUs: Int64 = 2) {
      world = TinyWorld(.onDemand, .bestFit, types: [0], maximumVCPUs: maximumVCPUs)
      world.queues[0].fairShare = policy
    }

    mutating func job(_ share: Int32, at minute: Int64 = 0, minutes: Int64 = 10, priority: Int32 = 0) {
      world.job(at: minute, minutes: minutes)
      world.jobs[world.jobs.count - 1].share = share
      world.jobs[world.jobs.count - 1].priority = priority
    }

    /// Each job with the minute it started, in that order.
    func starts() -> [String] {
      var trace = world.trace
      trace.shares = shares
      var simulation = Simulation(trace, world.model, seed: 1)
      simulation.run()
      return simulation.attempts.map { "\($0.job)@\(($0.started - TinyWorld.start) / 60_000)" }
    }
  }

  @Test("Half the weight, twice the vCPUs: a, b, b, a, b, b") func weights() {
    var world = World(FairShare(decay: Self.week, weights: ["a": 1, "b": 0.5]))
    for _ in 0..<3 { world.job(1) }
    for _ in 0..<4 { world.job(2) }
    // Jobs 0, 1, 2 are a's; 3, 4, 5, 6 are b's. Used so far × weight, in jobs, a before b: 1:0, 1:0.5, 1:1 (b's use is
    // more recent, so it has decayed less), 2:1, 2:1.5, 2:2.
    #expect(world.starts() == ["0@0", "3@10", "4@20", "1@30", "5@40", "6@50", "2@60"])
  }

  @Test("Without a policy: first in, first out, whatever the share") func firstInFirstOut() {
    var world = World(nil)
    world.job(1)
    world.job(1, at: 1)
    world.job(2, at: 2, priority: 9)
    #expect(world.starts() == ["0@0", "1@10", "2@20"])
  }

  @Test("Within a share, higher priority goes first, then the older job") func priority() {
    var world = World(FairShare())
    world.job(1)
    world.job(1, at: 1, priority: 1)
    world.job(1, at: 2, priority: 5)
    world.job(1, at: 3, priority: 5)
    #expect(world.starts() == ["0@0", "2@10", "3@20", "1@30"])
  }

  @Test(
    "Old use counts less: 1/e after ten minutes, or after a week",
    arguments: [
      (FairShare.leastDecay, ["0@0", "1@300", "2@310", "3@320"]), (week, ["0@0", "1@300", "3@310", "2@320"]),
    ])
  func decay(decay: Int64, starts: [String]) {
    var world = World(FairShare(decay: decay))
    // a uses an hour from midnight; b uses ten minutes just before both have a job waiting.
    world.job(1, minutes: 60)
    world.job(2, at: 300)
    world.job(1, at: 305)
    world.job(2, at: 304)
    #expect(world.starts() == starts)
  }

  @Test(
    "50 % is reserved for other shares while one has jobs, 25 % while two do"
  )
  func reservation() {
    var world = World(FairShare(reservation: 0.5), maximumVCPUs: 8)
    for _ in 0..<4 { world.job(1, minutes: 60) }
    world.job(2, at: 5, minutes: 60)
    // a may have 4 of 8 vCPUs; once b has jobs, both may have 6.
    #expect(world.starts() == ["0@0", "1@0", "4@5", "2@60", "3@60"])
  }

  @Test("A share that the policy does not name weighs 1; a name ending in * matches by prefix") func names() {
    let policy = FairShare(weights: ["lab": 0.25, "team*": 4])
    #expect(["lab", "lab2", "team-a", "team", "other"].map(policy.weight) == [0.25, 1, 4, 4, 1])
  }

  @Test("A job that lost its host goes to the head of its share, not of the queue") func again() {
    var waiting = WaitingJobs(FairShare(), shares: ["", "a", "b"])
    waiting.insert(1, share: 1, priority: 0, isAgain: false)
    waiting.insert(2, share: 1, priority: 3, isAgain: false)
    waiting.insert(3, share: 1, priority: 0, isAgain: true)
    waiting.use(2000, share: 1, at: 0)
    waiting.insert(4, share: 2, priority: 0, isAgain: false)
    var order: [Int32] = []
    while let next = waiting.next(at: 1000) {
      order.append(next.job)
      waiting.removeFirst(ofLine: next.line)
    }
    #expect(order == [4, 2, 3, 1])
    #expect(waiting.isEmpty)
  }
}
