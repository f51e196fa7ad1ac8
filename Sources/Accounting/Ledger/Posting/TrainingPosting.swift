import Domain

extension LedgerBuilder {
  /// A training job's cost is borne by its attempt; its warm pool afterwards is unused.
  mutating func postTraining(_ facts: TrainingFacts, _ writer: inout LedgerWriter) throws {
    let attempt = facts.attempt
    var entry = ResourceEntry(
      kind: .trainingJob, name: facts.name, accountRegion: facts.accountRegion, computeEnvironment: nil,
      instanceType: facts.terms.groups.count == 1 ? facts.terms.groups[0].type : nil, zone: nil,
      option: facts.terms.option, span: TimeSpan(facts.run.start, facts.pool?.end ?? facts.run.end),
      startSource: facts.isDescribed ? "sagemaker" : "batch",
      stopSource: facts.isOpen ? "open" : facts.isDescribed ? "sagemaker" : "batch", isOpen: facts.isOpen)
    entry.attempts = 1
    let estimate = facts.charges(world.prices)
    var charges = taskCharges(&entry, estimate, unitsOfUsage: facts.terms.count * 1000)
    settle(&entry, &charges)
    if !facts.isDescribed { notes.noTrainingJob(entry) }
    if facts.isOpen { notes.open(entry) }
    if entry.unpriced > 0 {
      notes.unpriced(
        entry, world.places[entry.accountRegion],
        because: facts.terms.reason(isBilled: facts.billedMilliseconds != nil, prices: world.prices))
    }
    if charges[0].source == .priceList { notes.listedLater(entry, since: facts.terms.listedSince(world.prices)) }
    writer.begin(entry, days.days, [attempt])
    for posting in FargatePosting.postings(charges[0], facts.residence) { writer.write(posting) }
    for piece in charges.dropFirst().flatMap({ $0.cutAtMidnight() }) { writer.write(Self.kept(piece)) }
    try writer.end()
  }

  private static func kept(_ piece: Charge) -> Posting {
    Posting(
      day: piece.span.start.day, account: .tail, attempt: nil, source: piece.source,
      milliseconds: piece.span.milliseconds, resourceTime: .zero,
      unpricedMilliseconds: piece.cost == nil ? piece.span.milliseconds : 0, cost: piece.cost,
      onDemand: piece.onDemand, option: piece.option)
  }
}

extension TrainingFacts {
  /// The job, and its warm pool if it has one.
  func charges(_ prices: PriceBook) -> [Charge] {
    let run = terms.charge(over: run, billed: billedMilliseconds, trained: trainedMilliseconds, prices: prices)
    guard let pool else { return [run] }
    let kept = (pool.milliseconds + 999) / 1000 * 1000
    return [run, terms.charge(over: pool, billed: kept, trained: kept, prices: prices)]
  }

  var residence: Residence {
    Residence(placed: run.start, started: run.start, stopped: run.end, reserved: attempt.reserved)
  }
}
