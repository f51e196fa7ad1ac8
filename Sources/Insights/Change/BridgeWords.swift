import Accounting
import Domain

extension Bridge {
  /// A step's name and the figures behind it, as a report prints them.
  func words(_ factor: Factor, change: Int64) -> (step: String, evidence: String) {
    // Below half a cent nothing moved.
    let sign = abs(change) < 5_000_000 ? 0 : change.signum()
    func pick(_ more: String, _ less: String, _ same: String) -> String { sign > 0 ? more : sign < 0 ? less : same }
    switch factor {
    case .volume:
      return (
        pick("More jobs ran", "Fewer jobs ran", "As many jobs ran"),
        "\(grouped(this.jobs)) against \(grouped(last.jobs))"
      )
    case .size:
      return (
        pick("Jobs were larger", "Jobs were smaller", "Jobs were as large"),
        "vCPU-hours a job " + percentChange(ratio(this.resourceTime, this.jobs), ratio(last.resourceTime, last.jobs))
      )
    case .price:
      return (
        pick("Prices rose", "Prices fell", "Prices stayed"),
        "rate of the same pools " + percentChange(Double(repriced), Double(last.cost))
      )
    case .purchaseOption:
      return (
        pick("More ran On-Demand", "Less ran On-Demand", "As much ran On-Demand"),
        "\(percent(last: false)) of vCPU-hours, was \(percent(last: true))"
      )
    case .mix:
      return (
        pick("Dearer types and queues", "Cheaper types and queues", "Same types and queues"),
        "work \(perVCPUHour(this)) a vCPU-hour, was \(perVCPUHour(last))"
      )
    case .unused:
      return (
        pick("More stood unused", "Less stood unused", "As much stood unused"),
        "\(perDollar(this.unused, this)) a dollar of work, was \(perDollar(last.unused, last))"
      )
    case .retries:
      return (
        pick("More came to nothing", "Less came to nothing", "As much came to nothing"),
        "\(perDollar(this.retried, this)) retried or failed a dollar of work, was \(perDollar(last.retried, last))"
      )
    }
  }

  private func ratio(_ a: Int64, _ b: Int64) -> Double { b == 0 ? 0 : Double(a) / Double(b) }

  private func percent(last isLast: Bool) -> String {
    let week = isLast ? last : this
    let spot = [PurchaseOption.spot, .fargateSpot].reduce(Int64(0)) {
      $0 + (week.work[$1.rawValue]?.resourceTime ?? 0)
    }
    return "\(Int((100 * (1 - ratio(spot, week.resourceTime))).rounded()))%"
  }

  private func perDollar(_ part: Int64, _ week: BridgeWeek) -> String {
    week.workCost == 0 ? "–" : "$" + fixed(ratio(part, week.workCost), places: 2)
  }

  private func perVCPUHour(_ week: BridgeWeek) -> String {
    week.resourceTime == 0 ? "–" : "$" + fixed(ratio(week.workCost, week.resourceTime) * 3.6, places: 3)
  }

  private func percentChange(_ now: Double, _ before: Double) -> String {
    guard before > 0 else { return "–" }
    let change = 100 * (now / before - 1)
    return (change < 0 ? "\u{2212}" : "+") + fixed(abs(change), places: 1) + "%"
  }
}

/// `5,826`
func grouped(_ value: Int64) -> String {
  var digits = Substring(String(value.magnitude))
  var groups: [Substring] = []
  while digits.count > 3 {
    groups.insert(digits.suffix(3), at: 0)
    digits = digits.dropLast(3)
  }
  return (value < 0 ? "\u{2212}" : "") + ([digits] + groups).joined(separator: ",")
}

/// A number that is not negative, with this many decimals.
func fixed(_ value: Double, places: Int) -> String {
  guard value.isFinite, value < 1e12 else { return "–" }
  var scale = 1.0
  for _ in 0..<places { scale *= 10 }
  let whole = Int64((value * scale).rounded())
  let (units, fraction) = whole.quotientAndRemainder(dividingBy: Int64(scale))
  let decimals = String(fraction)
  return "\(grouped(units))." + String(repeating: "0", count: places - decimals.count) + decimals
}
