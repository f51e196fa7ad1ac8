import Domain

/// Divides the amount of one piece among the attempts present, by largest remainder.
struct Division {
  private var weights: [UInt64] = []
  private var targets: [Target] = []
  private var division = LargestRemainder()

  struct Target: Equatable {
    var account: Account
    var attempt: Int
  }

  mutating func divide(_ piece: Charge, _ sweep: borrowing Sweep, into day: inout DayRows) {
    weights.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    for index in sweep.present {
      if sweep.startingTime[index] > 0 {
        take(Target(account: .startup, attempt: index), sweep.starting[index])
      }
      if sweep.runningTime[index] > 0 { take(Target(account: .attempt, attempt: index), sweep.running[index]) }
    }
    for account in Account.unused where sweep.unusedTime[account.rawValue] > 0 {
      take(Target(account: account, attempt: -1), sweep.unused[account.rawValue])
    }
    if targets.isEmpty {
      // A piece without duration: an instance that stopped as it started. Its minimum is its own extension.
      take(Target(account: .idle, attempt: -1), 1)
    }
    day.present(piece, targets, sweep)
    if let cost = piece.cost {
      division.divide(cost.nanodollars, by: weights)
      day.add(costs: division.parts, targets)
    } else {
      day.unpriced(piece.billedMilliseconds, targets, sweep)
    }
    if let onDemand = piece.onDemand {
      if onDemand.nanodollars != piece.cost?.nanodollars { division.divide(onDemand.nanodollars, by: weights) }
      day.add(onDemand: division.parts, targets)
    }
  }

  private mutating func take(_ target: Target, _ weight: Int64) {
    targets.append(target)
    weights.append(UInt64(weight))
  }
}
