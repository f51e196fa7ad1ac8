import Domain

/// Days of a resource that are held against the bill together: one by itself, or all those that a line of a bill by
/// month is about, as such a line does not say what each of them cost.
struct ComparedDays {
  /// In order; at least one.
  let days: [Day]
  /// The bill's lines that are about them.
  let lines: [BilledHour]

  /// - Parameters:
  ///   - days: those of which the ledger has something.
  ///   - lines: of the bill, in order of their starts.
  static func groups(_ days: Set<Day>, _ lines: [BilledHour]) -> [ComparedDays] {
    var runs: [(first: Day, last: Day, lines: [BilledHour])] = []
    for line in lines {
      if let run = runs.last, line.span.start.day <= run.last {
        runs[runs.count - 1].last = max(run.last, line.lastDay)
        runs[runs.count - 1].lines.append(line)
      } else {
        runs.append((line.span.start.day, line.lastDay, [line]))
      }
    }
    var groups: [ComparedDays] = []
    var rest = days.sorted()[...]
    for run in runs {
      while let day = rest.first, day < run.first {
        groups.append(ComparedDays(days: [day], lines: []))
        rest.removeFirst()
      }
      let within = rest.prefix { $0 <= run.last }
      rest = rest.dropFirst(within.count)
      groups.append(ComparedDays(days: within.isEmpty ? [run.first] : Array(within), lines: run.lines))
    }
    return groups + rest.map { ComparedDays(days: [$0], lines: []) }
  }

  /// What the ledger has of all of them.
  func sum(of costs: DayCosts) -> DayCosts.Sum { days.reduce(into: DayCosts.Sum()) { $0 += costs[$1] } }

  /// An amount of all of them, day by day: in proportion to what each cost by the ledger, else to its time.
  func divide(_ amount: Money, by costs: DayCosts) -> [Money] {
    let priced = days.map { Int128(costs[$0].cost.nanodollars) }
    let isPriced = priced.contains { $0 > 0 } && priced.allSatisfy { $0 >= 0 }
    return amount.divided(by: isPriced ? priced : days.map { Int128(max(0, costs[$0].billed)) })
  }

  /// The same of a time in milliseconds.
  func divide(_ milliseconds: Int64, by costs: DayCosts) -> [Int64] {
    divide(Money(nanodollars: milliseconds), by: costs).map(\.nanodollars)
  }

  /// What the last import of a bill changed of them.
  func restated(_ changes: (Day) -> ExactMoney) -> ExactMoney {
    Set(days).union(lines.map(\.span.start.day)).reduce(into: ExactMoney.zero) { $0 += changes($1) }
  }
}

extension BilledHour {
  /// The last UTC day that it is about.
  var lastDay: Day { span.lastDay }

  /// Of a bill by day or month: it tells how long a resource was used, and not in which hours.
  var isLong: Bool { span.milliseconds > millisecondsPerHour }

  /// What it says of one of its days.
  struct Part {
    var day: Day
    var effective: ExactMoney
    var usedMilliseconds: Int64
  }

  /// What the line says of each of its days, in proportion to weights of them; all of it of the first one where none has
  /// any.
  func parts(by weights: (Day) -> Int64) -> [Part] {
    let days = span.days
    if days.count == 1 { return [Part(day: days[0], effective: effective, usedMilliseconds: usedMilliseconds)] }
    let shares = days.map { Int128(max(0, weights($0))) }
    let costs = effective.divided(by: shares)
    let times = Money(nanodollars: usedMilliseconds).divided(by: shares)
    return days.indices.map {
      Part(day: days[$0], effective: costs[$0], usedMilliseconds: times[$0].nanodollars)
    }
  }

  /// The line tells of more than an hour less than it should: the bill was written before the rest was in it.
  func isShort(of life: TimeSpan, used: Int64) -> Bool {
    let known = min(span.end, life.end).milliseconds - max(span.start, life.start).milliseconds
    return isLong && known - used > millisecondsPerHour
  }
}
