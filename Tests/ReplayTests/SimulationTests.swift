import Domain
import Testing

@testable import Replay

/// What happens to jobs and instances, against cases worked out by hand.
@Suite struct SimulationTests {
  @Test("Boot, pull and tail are charged by account: 6, 3, 60 and 12 minutes of $0.10") func delays() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0])
    world.environments[0].behaviour.boot = Delay(constant: 360_000)
    world.environments[0].behaviour.coldPull = Delay(constant: 180_000)
    world.environments[0].behaviour.tail = Delay(constant: 720_000)
    world.job(vcpus: 2, gib: 7)
    let result = world.replay()
    // 81 minutes at $0.10 an hour. The job takes 2 of 2 vCPUs and 7 of 8 GB: (9·2 + 7) ÷ (9·2 + 8) of its time.
    #expect(result.cost == 135_000_000)
    let accounts = result.environments[0].accounts
    #expect(accounts[Account.boot.rawValue] == 10_000_000)
    #expect(accounts[Account.tail.rawValue] == 20_000_000)
    #expect(accounts[Account.startup.rawValue] == 4_807_692)
    #expect(accounts[Account.attempt.rawValue] == 96_153_846)
    #expect(accounts[Account.packing.rawValue] == 4_038_462)
    #expect(result.queues[0].waitMedian == 540_000)
  }

  @Test("A job that arrives during an instance's tail gets the instance, and the tail starts over") func tail() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0])
    world.environments[0].behaviour.tail = Delay(constant: 600_000)
    world.job(minutes: 10)
    world.job(at: 15, minutes: 10)
    world.job(at: 40, minutes: 10)
    // 0:00 to 0:35, and 0:40 to 1:00.
    let result = world.replay()
    #expect(world.launches().count == 2)
    #expect(result.environments[0].instanceMilliseconds == 55 * 60_000)
    #expect(result.environments[0].accounts[Account.gap.rawValue] == 8_333_333)
  }

  @Test("A scale-down delay is part of the tail") func scaleDown() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0])
    world.environments[0].scaleDownDelay = 20 * 60_000
    world.environments[0].behaviour.tail = Delay(constant: 4 * 60_000)
    world.job(minutes: 6)
    #expect(world.replay().environments[0].instanceMilliseconds == 30 * 60_000)
  }

  @Test("Minimum capacity exists before the first job and never goes away") func minimum() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0])
    world.environments[0].minimumMilliVCPUs = 2000
    world.job(at: 600, minutes: 10)
    let result = world.replay()
    // One a.large for seven days.
    #expect(world.launches() == ["a.large a"])
    #expect(result.cost == 16_800_000_000)
    #expect(result.queues[0].waitMaximum == 0)
  }

  @Test("A small job goes beside another instead of launching an instance") func placement() {
    var world = TinyWorld(.onDemand, .bestFitProgressiveOrdered, types: [3])
    world.job(minutes: 600, vcpus: 8, gib: 8)  // fills a c.2xlarge's vCPUs
    world.job(at: 1, minutes: 600, vcpus: 6, gib: 4)  // launches a second one
    world.job(at: 2, minutes: 1, vcpus: 2, gib: 2)  // fits beside the second
    #expect(world.launches().count == 2)
  }

  @Test("A fleet finds the oldest or the fullest instance, and forgets removed ones") func fleet() {
    var fleet = Fleet()
    let slots = [
      fleet.add(7, Need(milliVCPUs: 4000, memoryMiB: 9000)), fleet.add(8, Need(milliVCPUs: 4000, memoryMiB: 5000)),
    ]
    #expect(slots == [0, 1])
    let need = Need(milliVCPUs: 1000, memoryMiB: 4000)
    var found = [fleet.find(need, .oldest), fleet.find(need, .fullest)]
    #expect(found == [7, 8])
    fleet.take(Need(milliVCPUs: 4000, memoryMiB: 1), 1)
    found = [fleet.find(need, .fullest)]
    #expect(found == [7])
    fleet.remove(0)
    found = [fleet.find(need, .oldest)]
    #expect(found == [nil])
    for number in Int32(10)..<210 {
      let slot = fleet.add(number, Need(milliVCPUs: 4000, memoryMiB: 5000))
      if number % 4 != 0 { fleet.remove(slot) }
    }
    #expect(fleet.isSparse)
    let moved = fleet.compact()
    #expect(moved.count == 51)
    #expect(moved.map(\.slot) == Array(0..<51))
    found = [fleet.find(need, .oldest)]
    #expect(found == [12])
  }

  @Test("A queue with higher priority goes first when jobs wait") func priority() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0], maximumVCPUs: 2)
    world.queues = [
      Model.Queue(id: 1, name: "low", priority: 1, environments: [0]),
      Model.Queue(id: 2, name: "high", priority: 9, environments: [0]),
    ]
    world.job(minutes: 10)
    world.job(at: 1, minutes: 10)
    world.job(at: 2, minutes: 10, queue: 1)
    let result = world.replay()
    // The high-priority job at 0:10, the low-priority one at 0:20.
    #expect(result.queues[0].waitMaximum == 19 * 60_000)
    #expect(result.queues[1].waitMaximum == 8 * 60_000)
  }

  @Test("A queue uses its second environment once the first is at its maximum") func order() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0], maximumVCPUs: 2)
    var second = world.environments[0]
    second.name = "second"
    second.types = [1]
    second.maximumMilliVCPUs = 100_000
    world.environments.append(second)
    world.queues[0].environments = [0, 1]
    world.job()
    world.job()
    let result = world.replay()
    #expect(result.environments.map(\.cost) == [100_000_000, 200_000_000])
  }

  @Test("Dependent jobs become runnable when the jobs before them end") func dependencies() {
    var world = TinyWorld(.onDemand, .bestFit, types: [0])
    for _ in 0..<3 { world.job(minutes: 10) }
    var trace = world.trace
    trace.order([(before: 0, after: 2), (before: 1, after: 2)])
    let result = Replay.run(trace, world.model, seed: 1, days: world.days)
    #expect(result.queues[0].makespan == 20 * 60_000)
    #expect(result.queues[0].waitMaximum == 0)
  }

  @Test("A reclaim by EC2 in the first hour is free, and the job starts over")
  func reclaim() {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized, types: [0])
    world.job(minutes: 120)
    world.environments[0].following = .decisions
    world.tries[0].type = 0
    world.tries[0].zone = 0
    world.tries[0].fate = Trace.Fate(until: TinyWorld.start + 30 * 60_000, isReclaimed: true)
    world.tries[0].environment = 0
    world.tries[0].life = 0
    var trace = world.trace
    trace.lives = 1
    let result = Replay.run(trace, world.model, seed: 1, days: world.days)
    // Two hours at $0.04; the half hour before them is free.
    #expect(result.cost == 80_000_000)
    #expect(result.reclaims == 1)
    #expect(result.queues[0].makespan == 150 * 60_000)
  }

  @Test("A job that loses its host with no attempts left is given up") func abandoned() {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized, types: [0])
    world.job(minutes: 600, spare: 0)
    world.environments[0].behaviour.reclaims = ReclaimRates(hourly: 10)
    var simulation = Simulation(world.trace, world.model, seed: 3)
    simulation.run()
    #expect(simulation.instances.count == 1)
    #expect(!simulation.progress[0].isDone)
  }

  @Test("Reclaims come at the measured rate: 0.25 an instance-hour") func rate() {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized, types: [0])
    for _ in 0..<2000 { world.job(minutes: 240, spare: 0) }
    world.environments[0].behaviour.reclaims = ReclaimRates(hourly: 0.25)
    var simulation = Simulation(world.trace, world.model, seed: 5)
    simulation.run()
    let survivors = simulation.instances.count { !$0.isReclaimed }
    // e⁻¹ of 2,000 is 736; the standard deviation is 22.
    #expect(abs(survivors - 736) < 80)
  }

  @Test("Events come in the order of their time, those of one time as they were scheduled") func events() {
    var queue = EventQueue()
    let times: [Int64] = [5, 3, 9, 3, 1, 5, 7, 2, 3, 8, 1, 6]
    for (number, time) in times.enumerated() {
      queue.insert(Event(time: time, number: UInt32(number), subject: 0, token: 0, kind: .end))
    }
    var order: [[Int64]] = []
    while let next = queue.first {
      order.append([next.time, Int64(next.number)])
      queue.removeFirst()
      // One that is scheduled later for a time that has come is next.
      if next.number == 7 { queue.insert(Event(time: 2, number: 12, subject: 0, token: 0, kind: .end)) }
    }
    #expect(
      order == [
        [1, 4], [1, 10], [2, 7], [2, 12], [3, 1], [3, 3], [3, 8], [5, 0], [5, 5], [6, 11], [7, 6], [8, 9], [9, 2],
      ])
  }

  @Test("One seed gives one answer on any number of threads; another seed gives another") func seeds() {
    var world = TinyWorld(.spot, .spotPriceCapacityOptimized)
    for index in 0..<300 { world.job(at: Int64(index), minutes: Int64(10 + index % 90)) }
    world.environments[0].behaviour.reclaims = ReclaimRates(hourly: 0.3)
    world.environments[0].behaviour.boot = Delay([30_000, 60_000, 120_000]) ?? Delay(constant: 0)
    let (trace, model) = (world.trace, world.model)
    let one = Seeds.run(trace, model, days: world.days, seeds: 6, threads: 1)
    let many = Seeds.run(trace, model, days: world.days, seeds: 6)
    #expect(one.results == many.results)
    #expect(one.results[0] != one.results[1])
    #expect(Replay.run(trace, model, seed: 4, days: world.days) == one.results[3])
  }

  @Test("Cost alone equals cost by account") func posts() {
    var world = TinyWorld(.onDemand, .bestFit)
    for index in 0..<50 { world.job(at: Int64(index * 37), minutes: Int64(500 + index)) }
    let posted = world.replay()
    let plain = Replay.run(world.trace, world.model, seed: 1, days: world.days, posts: false)
    #expect(posted.cost == plain.cost)
    #expect(posted.environments[0].accounts.reduce(0, +) == posted.cost)
  }
}

@Suite struct DelayTests {
  @Test func quantiles() {
    let delay = Delay([400, 100, 300, 200, 500])
    #expect(delay?.median == 300)
    #expect(delay?.value(at: 0) == 100)
    #expect(delay?.value(at: 1) == 500)
    #expect(delay?.mean == 300)
    #expect(Delay([]) == nil)
    #expect(Delay(constant: 7).value(at: 0.3) == 7)
  }

  /// Kaplan and Meier by hand: ended at 1 and 3, cut off at 2 and 4. At risk 4, then 2: survival 3/4, then 3/8.
  @Test("Times that were cut off count as longer than observed") func cutOff() {
    let delay = Delay(ended: [1000, 3000], cutOff: [2000, 4000])
    #expect(delay?.value(at: 0.2) == 1000)
    #expect(delay?.value(at: 0.5) == 3000)
    #expect(delay?.count == 2)
  }
}
