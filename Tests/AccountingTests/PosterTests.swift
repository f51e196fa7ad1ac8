import Domain
import TestSupport
import Testing

@testable import Accounting

private let start = Instant("2026-10-19T10:00:00Z") ?? Instant(milliseconds: 0)
private func minute(_ minutes: Double) -> Instant {
  Instant(milliseconds: start.milliseconds + Int64(minutes * 60_000))
}
private func flat(_ text: String) -> PriceHistory {
  PriceHistory([(Instant(milliseconds: 0), Rate(decimal: text) ?? Rate(nanodollarsPerHour: -1))])
}
private func post(
  _ residences: [Residence], hours: Double, rate: String, capacity: Resources, scheme: WeightScheme = .splitCost
) -> [Posting] {
  let span = TimeSpan(start, minute(hours * 60))
  let charges = InstanceTerms(market: .onDemand, onDemand: flat(rate)).charges(over: span)
  var poster = Poster(scheme: scheme)
  var postings: [Posting] = []
  poster.post(charges, span: span, residences: residences, capacity: capacity) { postings.append($0) }
  return postings
}
private func cost(_ postings: [Posting], _ account: Account, _ attempt: Int? = nil) -> Int64 {
  postings.filter { $0.account == account && $0.attempt == attempt }.reduce(0) { $0 + ($1.cost?.nanodollars ?? 0) }
}
private func whole(_ vcpus: Int64, _ gib: Int64, gpus: Int64 = 0) -> Resources {
  Resources(milliVCPUs: vcpus * 1000, memoryMiB: gib * 1024, gpus: gpus)
}
private func residence(_ from: Double, _ to: Double, _ reserved: Resources, used: Resources = .zero) -> Residence {
  Residence(placed: minute(from), started: minute(from), stopped: minute(to), reserved: reserved, used: used)
}

@Suite struct GoldenPostings {
  @Test("G1: AWS's own example, policy aws")
  func overSubscribed() {
    func pod(_ vcpu: Int64, _ usedMilli: Int64, _ gb: Int64, _ usedGB: Int64) -> Residence {
      residence(
        0, 60, whole(vcpu, gb), used: Resources(milliVCPUs: usedMilli, memoryMiB: usedGB * 1024))
    }
    let postings = post(
      [pod(1, 100, 4, 3), pod(1, 1900, 4, 6), pod(1, 500, 2, 2), pod(1, 500, 2, 2)], hours: 1, rate: "1",
      capacity: whole(4, 16))
    let expected: [Int64] = [218_210_361, 383_830_455, 179_748_823, 179_748_823]
    for (index, amount) in expected.enumerated() { #expect(abs(cost(postings, .attempt, index) - amount) <= 1) }
    #expect(abs(cost(postings, .packing) - 38_461_538) <= 1)
    let unused: [Int64] = [10_989_011, 16_483_516, 5_494_505, 5_494_505]
    let total: [Int64] = [229_199_372, 400_313_972, 185_243_328, 185_243_328]
    for index in 0..<4 {
      let posting = postings[index]
      #expect(posting.attempt == index)
      #expect(abs(posting.unusedByAWS.nanodollars - unused[index]) <= 1)
      #expect(abs((posting.cost ?? .zero).nanodollars + posting.unusedByAWS.nanodollars - total[index]) <= 1)
    }
    #expect(postings.reduce(0) { $0 + $1.unusedByAWS.nanodollars } == cost(postings, .packing))
    #expect(postings.reduce(0) { $0 + ($1.cost?.nanodollars ?? 0) } == 1_000_000_000)
  }

  @Test(
    "By GPUs alone: two of eight bear a quarter of $10, an attempt without any bears nothing; no GPUs means split cost")
  func gpuOnly() {
    let postings = post(
      [residence(0, 60, whole(16, 100, gpus: 2)), residence(0, 60, whole(32, 200))], hours: 1, rate: "10",
      capacity: whole(64, 488, gpus: 8), scheme: .gpuOnly)
    #expect(cost(postings, .attempt, 0) == 2_500_000_000 && cost(postings, .attempt, 1) == 0)
    #expect(cost(postings, .packing) == 7_500_000_000)
    // 9 × 1 + 4 of 9 × 4 + 16 is a quarter.
    let plain = post([residence(0, 60, whole(1, 4))], hours: 1, rate: "1", capacity: whole(4, 16), scheme: .gpuOnly)
    #expect(cost(plain, .attempt, 0) == 250_000_000)
  }

  @Test("OpenCost's prices: 1 vCPU and 2 GB of 4 and 16 at $1 are 0.040085 ÷ 0.194236; also with a GPU")
  func openCost() {
    let plain = post([residence(0, 60, whole(1, 2))], hours: 1, rate: "1", capacity: whole(4, 16), scheme: .openCost)
    #expect(cost(plain, .attempt, 0) == 206_372_660)
    // 0.95 ÷ (0.95 + 0.194236), to a millionth: weights are whole numbers that fit into 37 bits with a GPU.
    let gpu = post(
      [residence(0, 60, Resources(milliVCPUs: 0, memoryMiB: 0, gpus: 1))], hours: 1, rate: "1",
      capacity: whole(4, 16, gpus: 1), scheme: .openCost)
    #expect(abs(cost(gpu, .attempt, 0) - 830_248_305) <= 1000)
  }

  @Test("Every scheme's name reads back", arguments: WeightScheme.named)
  func names(scheme: WeightScheme) {
    #expect(WeightScheme(scheme.name) == scheme)
  }

  @Test("G2: GPUs, policy aws")
  func gpus() {
    func pod(_ usedVCPU: Int64, _ gpu: Int64, _ usedGPU: Int64, _ usedGB: Int64) -> Residence {
      residence(0, 60, whole(16, 100, gpus: gpu), used: whole(usedVCPU, usedGB, gpus: usedGPU))
    }
    let postings = post(
      [pod(4, 1, 1, 60), pod(18, 2, 3, 140), pod(4, 2, 1, 60), pod(4, 2, 2, 40)], hours: 1, rate: "10",
      capacity: whole(64, 488, gpus: 8))
    // The method page gives six places, hence half a microdollar of rounding.
    let unused: [Int64] = [61_150_000, 85_609_000, 61_150_000, 61_150_000]
    let total: [Int64] = [1_908_887_000, 3_264_370_000, 2_413_371_000, 2_413_371_000]
    for index in 0..<4 {
      let posting = postings[index]
      #expect(abs(posting.unusedByAWS.nanodollars - unused[index]) <= 500)
      #expect(abs((posting.cost ?? .zero).nanodollars + posting.unusedByAWS.nanodollars - total[index]) <= 1000)
    }
    #expect(postings.reduce(0) { $0 + ($1.cost?.nanodollars ?? 0) } == 10_000_000_000)
  }

  @Test("Policies in an hour that is partly empty")
  func policiesOfAPartialHour() {
    // An instance of 90 minutes from 10:00, with one attempt on half of it from 10:15 to 10:45.
    let postings = post([residence(15, 45, whole(2, 4))], hours: 1.5, rate: "1", capacity: whole(4, 8))
    let attempt = postings.first { $0.account == .attempt }
    #expect(attempt?.cost?.nanodollars == 250_000_000)
    // `instance`: only what stood unused beside it; `aws`: everything unused in its clock hour, 10:00 to 11:00.
    #expect(attempt?.unusedByInstance.nanodollars == 250_000_000)
    #expect(attempt?.unusedByAWS.nanodollars == 750_000_000)
  }

  @Test("Under policy aws an unused GPU is borne by who has one, under policy instance by all in proportion")
  func unusedGPU() {
    // A GPU weighs 9, a vCPU 0.9, a GiB 0.1: 28 in all, of which one GPU stands unused.
    let postings = post(
      [residence(0, 60, whole(5, 5)), residence(0, 60, whole(5, 5, gpus: 1))], hours: 1, rate: "28",
      capacity: whole(10, 10, gpus: 2))
    #expect(cost(postings, .attempt, 0) == 5_000_000_000)
    #expect(cost(postings, .attempt, 1) == 14_000_000_000)
    #expect(cost(postings, .packing) == 9_000_000_000)
    #expect(postings[0].unusedByAWS == .zero)
    #expect(postings[1].unusedByAWS.nanodollars == 9_000_000_000)
    // 9 × 5 ÷ 19 and 9 × 14 ÷ 19.
    #expect(postings[0].unusedByInstance.nanodollars == 2_368_421_053)
    #expect(postings[1].unusedByInstance.nanodollars == 6_631_578_947)
  }

  @Test("G8: unused by cause")
  func unusedByCause() {
    let postings = post([residence(15, 75, whole(2, 4))], hours: 2, rate: "0.20", capacity: whole(4, 8))
    #expect(cost(postings, .boot) == 50_000_000)
    #expect(cost(postings, .attempt, 0) == 100_000_000)
    #expect(cost(postings, .packing) == 100_000_000)
    #expect(cost(postings, .tail) == 150_000_000)
    #expect(postings.count == 4)
  }

  @Test func gapBetweenAttemptsAndIdleWithoutAny() {
    let attempts = [residence(0, 15, whole(4, 8)), residence(30, 60, whole(4, 8))]
    let postings = post(attempts, hours: 1, rate: "0.4", capacity: whole(4, 8))
    #expect(cost(postings, .gap) == 100_000_000)
    #expect(cost(postings, .attempt, 1) == 200_000_000)
    let idle = post([], hours: 1, rate: "0.4", capacity: whole(4, 8))
    #expect(idle.map(\.account) == [.idle])
    #expect(cost(idle, .idle) == 400_000_000)
  }

  @Test func startupIsTheShareFromPullToStart() {
    var attempt = residence(10, 60, whole(2, 4))
    attempt.placed = minute(0)
    let postings = post([attempt], hours: 1, rate: "0.6", capacity: whole(4, 8))
    #expect(cost(postings, .startup, 0) == 50_000_000)
    #expect(cost(postings, .attempt, 0) == 250_000_000)
    #expect(cost(postings, .boot) == 0)
  }

  @Test func aNodeBearsItsWholeInstance() {
    var node = residence(0, 60, whole(2, 4))
    node.exclusive = true
    let postings = post([node], hours: 1, rate: "0.4", capacity: whole(4, 8))
    #expect(cost(postings, .attempt, 0) == 400_000_000)
    #expect(cost(postings, .packing) == 0)
  }

  @Test func theMinimumIsTail() {
    let postings = post([residence(0, 0.5, whole(4, 8))], hours: 0.5 / 60, rate: "0.36", capacity: whole(4, 8))
    #expect(cost(postings, .attempt, 0) == 3_000_000)
    #expect(cost(postings, .tail) == 3_000_000)
  }

  @Test(
    "Named alternatives",
    arguments: [
      (WeightScheme.cpuOnly, 500_000_000), (.memoryOnly, 750_000_000), (.maxShare, 750_000_000),
      (.ratio(vcpu: 1, gb: 1, gpu: 0), 666_666_667),
    ] as [(WeightScheme, Int64)])
  func alternatives(scheme: WeightScheme, expected: Int64) {
    let postings = post([residence(0, 60, whole(2, 6))], hours: 1, rate: "1", capacity: whole(4, 8), scheme: scheme)
    #expect(cost(postings, .attempt, 0) == expected)
  }
}
