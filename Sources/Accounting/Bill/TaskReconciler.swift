import Domain

/// Compares the estimate of a Fargate task or a SageMaker training job with its billed hours.
struct TaskReconciler {
  let entry: ResourceEntry
  let estimate: [Charge]
  let hours: [BilledHour]
  let window: TimeSpan
  /// Thousandths of the unit whose hours the lines count: vCPUs, instances.
  let unitsOfUsage: Int64
  /// What the last import of a bill changed for a day.
  let restated: (Day) -> ExactMoney

  init(
    _ entry: ResourceEntry, _ estimate: [Charge], _ hours: [BilledHour], window: TimeSpan, unitsOfUsage: Int64,
    restated: @escaping (Day) -> ExactMoney
  ) {
    (self.entry, self.estimate, self.hours, self.window) = (entry, estimate, hours, window)
    self.unitsOfUsage = unitsOfUsage
    self.restated = restated
  }

  private var isTraining: Bool { entry.kind == .trainingJob }

  var isComplete: Bool {
    !entry.isOpen && entry.span.start >= window.start && entry.span.end <= window.end
      && BilledCharges.isComplete(hours, over: entry.span)
  }

  func compare(into comparison: inout BillComparison) {
    let ledger = DayCosts(estimate, within: window)
    var billed: [Day: InstanceReconciler.Billed] = [:]
    for hour in hours { billed[hour.span.start.day, default: InstanceReconciler.Billed()].add(hour) }
    for day in Set(ledger.sums.keys).union(billed.keys) {
      let bill = billed[day] ?? InstanceReconciler.Billed()
      comparison.update(day) { line in
        line.ledger += ledger[day].cost
        line.billed += bill.cost
        line.held += ledger.sums.isEmpty ? 0 : bill.lines
        if hours.isEmpty {
          return line.add(isTraining ? .trainingNotBilled : .fargateNotBilled, Money.zero - ledger[day].cost)
        }
        explain(bill, ledger[day], day, &line)
      }
    }
  }

  private func explain(
    _ bill: InstanceReconciler.Billed, _ ledger: DayCosts.Sum, _ day: Day, _ line: inout BillComparison.DayLine
  ) {
    line.add(.savingsPlan, bill.plan.rounded)
    line.add(.negotiated, bill.negotiated.rounded)
    var left = bill.cost - ledger.cost - bill.plan.rounded - bill.negotiated.rounded
    if ledger.unpriced > 0 { return line.add(.unpriced, left) }
    // Lines give the seconds: vCPU-hours ÷ vCPUs, instance-hours ÷ instances.
    if unitsOfUsage > 0, bill.used > 0, ledger.billed > 0 {
      let seconds = bill.used * 1000 / unitsOfUsage
      line.milliseconds += seconds - ledger.billed
      if abs(seconds - ledger.billed) >= 500 {
        let time = Money(
          nanodollars: Int64(
            clamping: dividedHalfToEven(
              Int128(ledger.cost.nanodollars) * Int128(seconds - ledger.billed), by: Int128(ledger.billed))))
        line.add(isTraining ? .trainingTime : .fargateTime, time)
        left -= time
      }
    }
    // Allows half a second of the task, because lines round seconds.
    let tolerance = Int64(bill.lines) + 2 + abs(ledger.cost.nanodollars) * 500 / max(1000, ledger.billed)
    let change = restated(day).rounded
    if abs(left.nanodollars) > tolerance, change != .zero {
      line.add(.restated, change)
      left -= change
    }
    line.add(abs(left.nanodollars) <= tolerance ? .rounding : .unexplained, left)
  }
}
