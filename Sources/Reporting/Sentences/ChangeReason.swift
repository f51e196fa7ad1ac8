/// What explains most of a week's change, from the steps of the bridge: `more ran On-Demand`.
struct ChangeReason {
  private struct Step {
    var words: String
    var change: Double
  }

  private var steps: [Step]

  /// - Parameter bridge: the rows of the query `bridge`.
  init(_ bridge: [FactRow]) throws {
    let named = try bridge.map { row in (try row.cell("factor").plain, row) }
    func row(_ factor: String) -> FactRow? { named.first { $0.0 == factor }?.1 }
    func change(_ factor: String) throws -> Double { try row(factor)?.number("change_usd") ?? 0 }

    // Many more jobs that are smaller may be less work, so the two are one reason, named by the larger.
    let (volume, size) = (try change("volume"), try change("size"))
    let work = volume + size
    steps = [
      abs(volume) >= abs(size)
        ? Step(words: work > 0 ? "more jobs ran" : "fewer jobs ran", change: work)
        : Step(words: work > 0 ? "jobs were larger" : "jobs were smaller", change: work)
    ]
    for (factor, rise, fall) in [
      ("price", "prices rose", "prices fell"),
      ("mix", "work took costlier types or more memory", "work took cheaper types or less memory"),
      ("unused", "more was unused", "less was unused"),
      ("retries", "more retried or failed", "less retried or failed"),
    ] {
      let change = try change(factor)
      steps.append(Step(words: change > 0 ? rise : fall, change: change))
    }
    // Spot can be dearer, so dollars do not say which of the two there was more of.
    if let option = row("purchase option"),
      let now = try option.number("now"), let before = try option.number("before"),
      now != before
    {
      steps.append(
        Step(words: now > before ? "more ran On-Demand" : "more ran on Spot", change: try change("purchase option")))
    }
  }

  /// The steps that make up at least half of the rise or fall, two at most, and what stood against them where that is
  /// more than half of the largest: `more jobs ran and more was unused, although prices fell`. Empty without a bridge.
  func words(rising: Bool) -> String {
    let isWith = { (step: Step) in rising ? step.change > 0 : step.change < 0 }
    let with = steps.filter { isWith($0) }.sorted { abs($0.change) > abs($1.change) }
    let against = steps.filter { !isWith($0) }.max { abs($0.change) < abs($1.change) }
    guard let first = with.first else { return "" }
    let all = with.reduce(0) { $0 + abs($1.change) }
    let named = 2 * abs(first.change) >= all ? [first] : Array(with.prefix(2))
    let because = enumeration(named.map(\.words))
    guard let against, 2 * abs(against.change) > abs(first.change) else { return because }
    return "\(because), although \(against.words)"
  }
}
