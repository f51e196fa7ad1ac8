import Domain

/// Collects the findings of a build: one a resource and check, so that a report can choose those of its period.
struct LedgerNotes {
  private(set) var findings: [Finding] = []

  private mutating func note(
    _ check: String, _ severity: Finding.Severity, _ entry: ResourceEntry, _ message: String,
    milliseconds: Int64? = nil
  ) {
    findings.append(
      Finding(
        check, severity, subject: entry.name, message: message, day: entry.span.start.day,
        milliseconds: milliseconds))
  }

  /// - Parameter reason: why, where its kind has reasons of its own.
  mutating func unpriced(_ entry: ResourceEntry, _ place: World.Place?, because reason: String? = nil) {
    let region = place?.region ?? ""
    note("unpriced", .warning, entry, reason ?? Self.reason(entry, region), milliseconds: entry.unpriced)
  }

  /// Why it has no price.
  private static func reason(_ entry: ResourceEntry, _ region: String) -> String {
    switch entry.option {
    case .capacityBlock: return "in a Capacity Block, which is paid for by a fee at purchase: the bill tells it"
    case .interruptibleReservation:
      return "in an interruptible capacity reservation, which has no price of its own here"
    case .unknown: return "nothing tells how it was bought: not priced as On-Demand"
    default: break
    }
    let what = entry.option == .spot ? "no Spot price" : "no list price"
    let pool = [entry.instanceType, entry.zone].compactMap { $0 }.joined(separator: " in ")
    let subject = pool.isEmpty ? "this resource" : pool
    let codes = PricePlace.codes(ofZone: entry.zone, region: region)
    if entry.option != .spot, codes != [region] {
      return "\(what) for \(subject), whose prices are not those of \(region)"
    }
    return "\(what) for \(subject)"
  }

  /// - Parameter since: from when on its list price is known.
  mutating func listedLater(_ entry: ResourceEntry, since: Instant?) {
    guard let since, since > entry.span.start, entry.unpriced < entry.billed else { return }
    note(
      "listed-later", .note, entry, "its list price is known from \(since) on, and taken for the time before",
      milliseconds: min(since, entry.span.end).milliseconds - entry.span.start.milliseconds)
  }

  mutating func open(_ entry: ResourceEntry) {
    note(
      "open-instance", .note, entry, "still running; charged to the time of collection, restated later",
      milliseconds: entry.span.milliseconds)
  }

  mutating func lowerBound(_ entry: ResourceEntry) {
    let source = entry.startSource == "registration" ? "its registration with the cluster" : "the first attempt"
    note("start-lower-bound", .note, entry, "start known from \(source) only: it may have cost more")
  }

  mutating func lastSeen(_ entry: ResourceEntry) {
    note("last-seen", .note, entry, "no source for its end; charged to the last attempt that ran on it")
  }

  mutating func noFee(_ entry: ResourceEntry) {
    note(
      "managed-fee-unknown", .warning, entry,
      "an ECS Managed Instance without a management fee of \(entry.instanceType ?? "its type") in the price list of AmazonECS"
    )
  }

  /// What a clock is off by, and what starts while a live collection runs, is no news.
  mutating func later(_ facts: InstanceFacts, _ start: Instant, _ place: World.Place) {
    guard start.milliseconds - place.horizon > millisecondsPerHour else { return }
    findings.append(
      Finding(
        "after-collection", .warning, subject: facts.id,
        message: "started \(start), after the time of collection, \(place.asOf): not charged"))
  }

  mutating func tooLong(_ facts: InstanceFacts, _ span: TimeSpan) {
    findings.append(
      Finding(
        "absurd-life", .warning, subject: facts.id,
        message: "ran from \(span.start) to \(span.end), which cannot be: not in these numbers"))
  }

  mutating func absurdCost(_ entry: ResourceEntry) {
    note(
      "absurd-cost", .warning, entry,
      "would have cost more than $\(Money(nanodollars: Plausible.cost.upperBound)), which cannot be: a price or a time is "
        + "wrong, and it is left unpriced")
  }

  mutating func noLife(_ facts: InstanceFacts) {
    findings.append(
      Finding(
        "life-unknown", .warning, subject: facts.id,
        message: "named by an attempt that never started; nothing tells when it ran: not in these numbers"))
  }

  /// - Parameter milliseconds: of its life that the bill tells.
  mutating func partlyBilled(_ entry: ResourceEntry, milliseconds: Int64) {
    note(
      "partly-billed", .note, entry, "the bill has a part of its life: the estimate stands for the rest",
      milliseconds: entry.span.milliseconds - milliseconds)
  }

  mutating func billLeftOut(_ entry: ResourceEntry) {
    note(
      "bill-left-out", .note, entry,
      "its bill does not tell the whole of it, or takes back more than an hour cost: the estimate stands")
  }

  mutating func free(_ entry: ResourceEntry) {
    note(
      "free-interruption", .note, entry, "reclaimed by EC2 in its first hour: not charged",
      milliseconds: entry.span.milliseconds)
  }

  mutating func noTrainingJob(_ entry: ResourceEntry) {
    note(
      "training-job-unknown", .note, entry,
      "SageMaker's DescribeTrainingJob was not collected; charged by Batch's times and what was asked for")
  }

  mutating func unwatched(_ entry: ResourceEntry) {
    note(
      "reservation-unknown", .note, entry,
      "was over when it was first described: how much of it stood idle is not known, and not in these numbers")
  }

  mutating func strangers(_ entry: ResourceEntry, most: Int64) {
    note(
      "reservation-shared", .note, entry,
      "\(most) instance\(most == 1 ? "" : "s") at most ran in it that \(most == 1 ? "is" : "are") not known: taken as there from "
        + "one collection to the next")
  }

  mutating func noPull(_ entry: ResourceEntry) {
    note("fargate-no-pull", .note, entry, "start of image pull unknown; charged from startedAt")
  }

  mutating func unknownType(_ entry: ResourceEntry) {
    note(
      "unknown-type", .warning, entry,
      "capacity of \(entry.instanceType ?? "its instance type") unknown: attempts take what they reserve of the largest"
    )
  }

  mutating func unknownOption(_ entry: ResourceEntry) {
    note("unknown-purchase-option", .warning, entry, "neither described nor in a known environment: unpriced")
  }

  mutating func unknownLifecycle(_ entry: ResourceEntry, _ name: String) {
    note(
      "unknown-purchase-option", .warning, entry, "its lifecycle is \(name), which this ledger does not know: unpriced")
  }

  mutating func skew(_ entry: ResourceEntry, attempts: Int, milliseconds: Int64) {
    note(
      "clock-skew", .warning, entry,
      "ECS pulled the image of \(attempts) attempt\(attempts == 1 ? "" : "s") after Batch says that "
        + "\(attempts == 1 ? "it" : "they") started: charged from the start", milliseconds: milliseconds)
  }

  /// Attempts that ran when their instance did not: only the part inside is charged.
  mutating func outside(_ entry: ResourceEntry, _ residences: [Residence]) {
    var milliseconds: Int64 = 0
    for residence in residences {
      milliseconds += max(0, min(residence.stopped, entry.span.start).milliseconds - residence.started.milliseconds)
      milliseconds += max(0, residence.stopped.milliseconds - max(residence.started, entry.span.end).milliseconds)
    }
    // Batch learns that a host is gone some minutes after EC2 took it: that much is no error of anybody's data.
    if milliseconds > 600_000 {
      note(
        "attempt-outside-instance", .note, entry, "attempts ran while it did not; that time is not charged to them",
        milliseconds: milliseconds)
    }
  }

  /// Reservations above the nominal capacity: they cannot have been there at the same time.
  mutating func crowded(_ entry: ResourceEntry, milliseconds: Int64) {
    note(
      "over-capacity", .warning, entry, "attempts reserved more than it has; their shares were scaled down",
      milliseconds: milliseconds)
  }
}
