import Domain

/// The rows of one resource and day while they are added up: one per attempt and account, and one per unused account.
struct DayRows {
  /// Money is in nanodollars, time in milliseconds; nil: nothing is priced.
  struct Sum {
    var present = false
    var milliseconds: Int64 = 0
    var resourceTime = Resources.zero
    var unpriced: Int64 = 0
    var cost: Int64?
    var onDemand: Int64?
    var source = PriceSource.none
    var unusedByInstance: Int64 = 0
    var unusedByAWS: Int64 = 0
  }

  var day = Day(number: .min)
  /// The commitment that covers these rows; a day under several commitments has several of these.
  var option: PurchaseOption?
  private var running: [Sum] = []
  private var starting: [Sum] = []
  private var unused = [Sum](repeating: Sum(), count: Account.allCases.count)
  private var touched: [Int] = []
  private var claims = Claims()

  mutating func begin(count: Int) {
    day = Day(number: .min)
    option = nil
    running.removeAll(keepingCapacity: true)
    starting.removeAll(keepingCapacity: true)
    running.append(contentsOf: repeatElement(Sum(), count: count))
    starting.append(contentsOf: repeatElement(Sum(), count: count))
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func update(_ target: Division.Target, _ body: (inout Sum) -> Void) {
    switch target.account {
    case .attempt: body(&running[target.attempt])
    case .startup: body(&starting[target.attempt])
    default: body(&unused[target.account.rawValue])
    }
  }

  mutating func present(_ piece: Charge, _ targets: [Division.Target], _ sweep: borrowing Sweep) {
    for target in targets {
      let index = target.attempt
      let time =
        switch target.account {
        case .attempt: sweep.runningTime[index]
        case .startup: sweep.startingTime[index]
        default: sweep.unusedTime[target.account.rawValue]
        }
      if index >= 0, !running[index].present, !starting[index].present { touched.append(index) }
      update(target) {
        $0.present = true
        $0.milliseconds += time
        if index < 0 { $0.resourceTime = $0.resourceTime + sweep.free[target.account.rawValue] }
        if piece.source != .none { $0.source = piece.source }
      }
    }
  }

  mutating func add(costs: [Int64], _ targets: [Division.Target]) {
    for (part, target) in zip(costs, targets) { update(target) { $0.cost = ($0.cost ?? 0) + part } }
  }

  mutating func add(onDemand parts: [Int64], _ targets: [Division.Target]) {
    for (part, target) in zip(parts, targets) { update(target) { $0.onDemand = ($0.onDemand ?? 0) + part } }
  }

  mutating func unpriced(_ billed: Int64, _ targets: [Division.Target], _ sweep: borrowing Sweep) {
    for target in targets {
      let time =
        switch target.account {
        case .attempt: sweep.runningTime[target.attempt]
        case .startup: sweep.startingTime[target.attempt]
        default: sweep.unusedTime[target.account.rawValue]
        }
      update(target) { $0.unpriced += time }
    }
  }

  /// Divides the day's unused cost among its attempts as the other policies would, by largest remainder.
  mutating func share(_ policies: PolicySweep) {
    guard !touched.isEmpty else { return }
    touched.sort()
    let packing = unused[Account.packing.rawValue].cost ?? 0
    var all: Int64 = 0
    for account in Account.unused { all += unused[account.rawValue].cost ?? 0 }
    if packing > 0 {
      claims.begin()
      for index in touched { claims.add(policies.instance[index]) }
      claims.divide(packing)
      for (position, index) in touched.enumerated() {
        let part = claims.parts[position]
        bear(index) { $0.unusedByInstance += part }
      }
    }
    if all > 0 {
      claims.begin()
      for index in touched { claims.add(policies.aws[index]) }
      claims.add(policies.awsUnclaimed)
      claims.divide(all)
      for (position, index) in touched.enumerated() {
        let part = claims.parts[position]
        bear(index) { $0.unusedByAWS += part }
      }
    }
  }

  private mutating func bear(_ index: Int, _ body: (inout Sum) -> Void) {
    if running[index].present { body(&running[index]) } else { body(&starting[index]) }
  }

  mutating func flush(_ residences: [Residence], _ emit: (Posting) -> Void) {
    touched.sort()
    for index in touched {
      for account in [Account.startup, .attempt] {
        let sum = account == .attempt ? running[index] : starting[index]
        guard sum.present else { continue }
        emit(posting(account, index, sum, residences[index].reserved.over(sum.milliseconds)))
      }
      running[index] = Sum()
      starting[index] = Sum()
    }
    touched.removeAll(keepingCapacity: true)
    for account in Account.unused {
      let sum = unused[account.rawValue]
      guard sum.present else { continue }
      emit(posting(account, nil, sum, sum.resourceTime))
      unused[account.rawValue] = Sum()
    }
  }

  private func posting(_ account: Account, _ attempt: Int?, _ sum: Sum, _ time: Resources) -> Posting {
    Posting(
      day: day, account: account, attempt: attempt, source: sum.source, milliseconds: sum.milliseconds,
      resourceTime: time, unpricedMilliseconds: sum.unpriced, cost: sum.cost.map(Money.init(nanodollars:)),
      onDemand: sum.onDemand.map(Money.init(nanodollars:)),
      unusedByInstance: Money(nanodollars: sum.unusedByInstance), unusedByAWS: Money(nanodollars: sum.unusedByAWS),
      option: option)
  }
}
