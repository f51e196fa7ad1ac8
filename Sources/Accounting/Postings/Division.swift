import Domain

/// Divides the amount of one piece among those present, by largest remainder.
struct Division {
  private var weights: [UInt64] = []
  private var targets: [Target] = []
  private var parts: [Int64] = []
  private var remainders: [UInt64] = []

  struct Target: Equatable {
    var account: Account
    var attempt: Int
  }

  mutating func divide(_ piece: Charge, _ sweep: Sweep, into day: inout DayRows) {
    weights.removeAll(keepingCapacity: true)
    targets.removeAll(keepingCapacity: true)
    for index in sweep.present {
      if sweep.startingTime[index] > 0 {
        take(Target(account: .startup, attempt: index), sweep.starting[index])
      }
      if sweep.runningTime[index] > 0 { take(Target(account: .attempt, attempt: index), sweep.running[index]) }
    }
    for account in Account.allCases where account.isUnused && sweep.unusedTime[account.rawValue] > 0 {
      take(Target(account: account, attempt: -1), sweep.unused[account.rawValue])
    }
    if targets.isEmpty {
      // A piece of no time at all: an instance that stopped as it started. Its minimum is its own extension.
      take(Target(account: .idle, attempt: -1), 1)
    }
    day.present(piece, targets, sweep)
    if let cost = piece.cost {
      divide(cost.nanodollars)
      day.add(parts, targets, \.cost)
    } else {
      day.unpriced(piece.billedMilliseconds, targets, sweep)
    }
    if let onDemand = piece.onDemand {
      if onDemand.nanodollars != piece.cost?.nanodollars { divide(onDemand.nanodollars) }
      day.add(parts, targets, \.onDemand)
    }
  }

  private mutating func take(_ target: Target, _ weight: Int64) {
    targets.append(target)
    weights.append(UInt64(weight))
  }

  private mutating func divide(_ amount: Int64) {
    let count = weights.count
    parts.removeAll(keepingCapacity: true)
    var total: UInt64 = 0
    for weight in weights { total += weight }
    guard total > 0, amount > 0 else {
      for index in 0..<count { parts.append(index == 0 ? amount : 0) }
      return
    }
    remainders.removeAll(keepingCapacity: true)
    var left = amount
    let magnitude = UInt64(amount)
    for weight in weights {
      let (quotient, remainder) = total.dividingFullWidth(magnitude.multipliedFullWidth(by: weight))
      parts.append(Int64(quotient))
      remainders.append(remainder)
      left -= Int64(quotient)
    }
    // At most one nanodollar a part is left over: the largest remainders take them, the earlier of equals first.
    while left > 0 {
      var best = 0
      for index in 1..<max(1, count) where remainders[index] > remainders[best] { best = index }
      parts[best] += 1
      remainders[best] = 0
      left -= 1
    }
  }
}
