import Domain

/// Compares one resource with its bill: how each day differs, and why.
struct BillComparison {
  /// One day: what the ledger estimated, what was billed, and the differences by cause, which add up to billed less
  /// ledger.
  struct DayLine: Equatable {
    var day: Day
    var ledger = Money.zero
    var billed = Money.zero
    /// The number of the bill's lines that were compared with the ledger.
    var held = 0
    /// Billed time less the ledger's time.
    var milliseconds: Int64 = 0
    var differences: [DifferenceKind: Money] = [:]

    mutating func add(_ kind: DifferenceKind, _ amount: Money) {
      if amount != .zero { differences[kind, default: .zero] += amount }
    }

    /// Adds one day's parts of differences that the bill has beyond the ledger.
    mutating func addBilled(_ parts: [DifferenceKind: [Money]], at index: Int) {
      for (kind, amounts) in parts {
        billed += amounts[index]
        add(kind, amounts[index])
      }
    }
  }

  private(set) var lines: [Day: DayLine] = [:]

  var days: [DayLine] { lines.values.sorted { $0.day < $1.day } }

  mutating func update(_ day: Day, _ body: (inout DayLine) -> Void) {
    body(&lines[day, default: DayLine(day: day)])
  }
}

/// The cost of charges by day, for the part within the billed time.
struct DayCosts {
  /// Times are in milliseconds.
  struct Sum: Equatable {
    var cost = Money.zero
    /// Billed time.
    var billed: Int64 = 0
    /// The part of it without a price.
    var unpriced: Int64 = 0
    /// How many charges, or pieces of them, these are.
    var charges: Int64 = 0

    static func += (sum: inout Sum, other: Sum) {
      sum.cost += other.cost
      sum.billed += other.billed
      sum.unpriced += other.unpriced
      sum.charges += other.charges
    }
  }

  private(set) var sums: [Day: Sum] = [:]

  subscript(day: Day) -> Sum { sums[day] ?? Sum() }

  init(_ charges: [Charge], within window: TimeSpan) {
    for charge in charges { for piece in charge.cutAtMidnight() { add(piece, window) } }
  }

  private mutating func add(_ piece: Charge, _ window: TimeSpan) {
    let start = max(piece.span.start, window.start)
    let end = min(piece.span.end, window.end)
    guard end > start || (piece.span.milliseconds == 0 && end == start) else { return }
    // The edge of the billed time is an hour, which seldom is the edge of a charge: the part inside counts in
    // proportion to its time.
    let isWhole = end.milliseconds - start.milliseconds == piece.span.milliseconds
    func part(_ amount: Int64) -> Int64 {
      isWhole
        ? amount
        : Int64(
          clamping: dividedHalfToEven(
            Int128(amount) * Int128(end.milliseconds - start.milliseconds), by: Int128(max(1, piece.span.milliseconds)))
        )
    }
    var sum = self[piece.span.start.day]
    let billed = part(piece.billedMilliseconds)
    if let cost = piece.cost {
      sum.cost += Money(nanodollars: part(cost.nanodollars))
    } else {
      sum.unpriced += billed
    }
    sum.billed += billed
    sum.charges += 1
    sums[piece.span.start.day] = sum
  }
}
