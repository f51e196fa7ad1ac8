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
      && hours.last.map { line in time(of: line.usedMilliseconds).map { line.isShort(of: entry.span, used: $0) } == true
      }
        != true
  }

  /// Lines count hours of each vCPU or instance: the time that they tell in milliseconds; nil where they tell none.
  private func time(of used: Int64) -> Int64? { unitsOfUsage > 0 && used > 0 ? used * 1000 / unitsOfUsage : nil }

  func compare(into comparison: inout BillComparison) {
    let ledger = DayCosts(estimate, within: window)
    for group in ComparedDays.groups(Set(ledger.sums.keys), hours) {
      let bill = group.lines.reduce(into: InstanceReconciler.Billed()) { $0.add($1) }
      var left = BillComparison.DayLine(day: group.days[0])
      if !hours.isEmpty { explain(bill, group.sum(of: ledger), group, &left) }
      let differences = left.differences.mapValues { group.divide($0, by: ledger) }
      let time = group.divide(left.milliseconds, by: ledger)
      for (index, day) in group.days.enumerated() {
        comparison.update(day) { line in
          line.ledger += ledger[day].cost
          line.held += ledger.sums.isEmpty || index > 0 ? 0 : bill.lines
          if hours.isEmpty {
            return line.add(isTraining ? .trainingNotBilled : .fargateNotBilled, Money.zero - ledger[day].cost)
          }
          line.milliseconds += time[index]
          line.billed += ledger[day].cost
          line.addBilled(differences, at: index)
        }
      }
    }
  }

  private func explain(
    _ bill: InstanceReconciler.Billed, _ ledger: DayCosts.Sum, _ group: ComparedDays,
    _ line: inout BillComparison.DayLine
  ) {
    line.add(.savingsPlan, bill.plan.rounded)
    line.add(.negotiated, bill.negotiated.rounded)
    var left = bill.cost - ledger.cost - bill.plan.rounded - bill.negotiated.rounded
    if ledger.unpriced > 0 { return line.add(.unpriced, left) }
    // Lines give the seconds: vCPU-hours ÷ vCPUs, instance-hours ÷ instances.
    if let seconds = time(of: bill.used), ledger.billed > 0 {
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
    let change = group.restated(restated).rounded
    // As for instances: only if it explains all that is left.
    if abs(left.nanodollars) > tolerance, abs((left - change).nanodollars) <= tolerance {
      line.add(.restated, change)
      left -= change
    }
    line.add(abs(left.nanodollars) <= tolerance ? .rounding : .unexplained, left)
  }
}
