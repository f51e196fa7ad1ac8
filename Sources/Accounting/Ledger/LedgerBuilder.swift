import Domain
import Store

/// Turns a `World` into the rows of the ledger, resource by resource.
struct LedgerBuilder: ~Copyable {
  let world: World
  private let settings: LedgerSettings
  var poster: Poster
  var notes = LedgerNotes()
  var days = DaySums()
  var reconciliation = Reconciliation()
  private var charges: [Charge] = []

  init(_ world: World, _ settings: LedgerSettings) {
    self.world = world
    self.settings = settings
    poster = Poster(scheme: settings.scheme)
  }

  /// - Returns: a summary of what was done to resources.
  mutating func build(into writer: inout LedgerWriter) throws -> ResourceRows.Outcome {
    try world.attempts.drainGroups { group in
      for position in group.instances {
        let attempts = group.attempts.attempts(of: position)
        let facts = world.instances[position]
        let pricing = InstancePricing(facts, in: world, settings.spotRule)
        guard let entry = instanceEntry(facts, pricing, attempts, writer) else {
          for attempt in attempts { writer.witness(facts.id, attempt.id) }
          continue
        }
        try postInstance(entry, facts, pricing, attempts, &writer)
      }
    }
    for reservation in world.reservations { try postReservation(reservation, &writer) }
    try world.attempts.drainFargate { attempts in
      // Reading facts uses the connection.
      try writer.settle()
      for facts in try world.fargate?.facts(of: attempts) ?? [] { try postFargate(facts, &writer) }
    }
    try world.attempts.drainTraining { attempts in
      try writer.settle()
      for facts in try world.training?.facts(of: attempts) ?? [] { try postTraining(facts, &writer) }
    }
    try writer.settle()
    try world.attempts.drainUnplaced { attempt in
      let milliseconds = attempt.stopped - attempt.started
      let day = Instant(milliseconds: attempt.started).day
      try writer.unplaced(attempt: attempt.id, day: day, milliseconds: milliseconds)
    }
    for attempt in world.testimony.later { writer.later(.attempt, String(attempt)) }
    for finding in world.findings + notes.findings { try writer.write(finding) }
    return try writer.finish(world.testimony)
  }

  private mutating func instanceEntry(
    _ facts: InstanceFacts, _ pricing: InstancePricing, _ attempts: [AttemptFacts], _ writer: LedgerWriter
  ) -> ResourceEntry? {
    guard facts.isBatch, let place = world.places[facts.accountRegion] else { return nil }
    guard let life = facts.evidence.span(asOf: place.asOf) else {
      notes.noLife(facts)
      return nil
    }
    if life.span.start.milliseconds > place.horizon {
      writer.later(.instance, facts.id)
      notes.later(facts, life.span.start, place)
      return nil
    }
    if life.span.milliseconds >= RunningSpan.longest {
      notes.tooLong(facts, life.span)
      return nil
    }
    var entry = ResourceEntry(
      kind: .instance, name: facts.id, accountRegion: facts.accountRegion, computeEnvironment: facts.computeEnvironment,
      instanceType: facts.instanceType, zone: facts.zone, variant: facts.variant, option: pricing.option,
      span: life.span,
      startSource: life.startSource.rawValue, stopSource: life.endSource.rawValue, isOpen: life.isOpen)
    entry.interrupted = facts.interrupted
    entry.capacity = world.capacity(of: facts)
    entry.attempts = attempts.count
    if case .other(let name) = facts.lifecycle { notes.unknownLifecycle(entry, name) }
    if facts.lifecycle == .outpost { notes.onOutpost(entry) }
    if facts.lifecycle == nil, entry.option == .unknown { notes.unknownOption(entry) }
    if life.startIsLowerBound { notes.lowerBound(entry) }
    if life.isOpen { notes.open(entry) }
    if life.endSource == .lastSeen { notes.lastSeen(entry) }
    if entry.capacity == nil { notes.unknownType(entry) }
    return entry
  }

  private mutating func postInstance(
    _ proposed: ResourceEntry, _ facts: InstanceFacts, _ pricing: InstancePricing, _ attempts: [AttemptFacts],
    _ writer: inout LedgerWriter
  ) throws {
    var entry = proposed
    let terms = pricing.terms
    entry.isFree = terms.isFree(entry.span)
    // Taken, and returned for the next instance.
    var charges = self.charges
    self.charges = []
    defer { self.charges = charges }
    charges.removeAll(keepingCapacity: true)
    let billed = billedCharges(&entry, terms)
    if let billed { charges = billed } else { terms.forEachCharge(over: entry.span) { charges.append($0) } }
    settle(&entry, &charges)
    if entry.isFree { notes.free(entry) }
    if entry.unpriced > 0, pricing.lacksFee { notes.noFee(entry) }
    if entry.unpriced > 0 { notes.unpriced(entry, world.places[entry.accountRegion]) }
    if billed?.contains(where: { $0.source == .priceList }) ?? true {
      notes.listedLater(entry, since: pricing.listed?.first?.at)
    }
    let residences = attempts.map { residence($0, on: entry.capacity) }
    notes.outside(entry, residences)
    noteSkew(entry, attempts)
    writer.begin(entry, days.days, attempts)
    let kept = charges.filter { !$0.isReserved }
    poster.post(
      kept.count == charges.count ? charges : kept, span: entry.span, residences: residences, capacity: entry.capacity
    ) { writer.write($0) }
    for charge in charges where charge.isReserved { writer.write(.reserved(charge)) }
    if poster.crowdedMilliseconds > 0 {
      let lacksGPUs = entry.capacity?.gpus == 0 && residences.contains { $0.reserved.gpus > 0 }
      notes.crowded(entry, milliseconds: poster.crowdedMilliseconds, lacksGPUs: lacksGPUs)
    }
    try writer.end(residences)
    try postAttachments(of: entry, facts, attempts, residences, &writer)
  }

  private mutating func postFargate(
    _ facts: World.FargateFacts, _ writer: inout LedgerWriter
  ) throws {
    let attempt = facts.attempt
    let residence = residence(attempt)
    let span = TimeSpan(residence.placed, max(residence.placed, residence.stopped))
    let open = attempt.flags.goesOn
    var entry = ResourceEntry(
      kind: .fargateTask, name: facts.name, accountRegion: facts.accountRegion,
      computeEnvironment: facts.computeEnvironment, instanceType: nil, zone: facts.zone,
      option: facts.terms.isSpot ? .fargateSpot : .fargate, span: span, startSource: facts.knowsPull ? "task" : "batch",
      stopSource: open ? "open" : "batch", isOpen: open)
    entry.capacity = facts.terms.resources
    entry.attempts = 1
    var charges = taskCharges(
      &entry, [facts.terms.charge(over: span, prices: world.prices)],
      unitsOfUsage: facts.terms.resources.milliVCPUs)
    settle(&entry, &charges)
    if !facts.knowsPull { notes.noPull(entry) }
    if open { notes.open(entry) }
    if entry.unpriced > 0 { notes.unpriced(entry, world.places[entry.accountRegion]) }
    if charges[0].source == .priceList { notes.listedLater(entry, since: facts.terms.listedSince(world.prices)) }
    noteSkew(entry, [attempt])
    writer.begin(entry, days.days, [attempt])
    for posting in FargatePosting.postings(charges[0], residence) { writer.write(posting) }
    try writer.end()
  }

  /// Adds charges up by day and in total. Implausible costs are unpriced.
  mutating func settle(_ entry: inout ResourceEntry, _ charges: inout [Charge]) {
    days.removeAll()
    for charge in charges { days.add(charge) }
    if !days.arePlausible {
      notes.absurdCost(entry)
      for index in charges.indices {
        (charges[index].cost, charges[index].onDemand, charges[index].source) = (nil, nil, .none)
      }
      days.removeAll()
      for charge in charges { days.add(charge) }
    }
    addUp(&entry)
  }

  /// The same for charges already added up by day.
  mutating func settle(_ entry: inout ResourceEntry) {
    if !days.arePlausible {
      notes.absurdCost(entry)
      days.replace(
        with: days.days.map { ResourceDay(day: $0.day, option: $0.option, billed: $0.billed, unpriced: $0.billed) })
    }
    addUp(&entry)
  }

  private func addUp(_ entry: inout ResourceEntry) {
    for day in days.days {
      entry.billed += day.billed
      entry.unpriced += day.unpriced
      if let cost = day.cost { entry.cost = (entry.cost ?? .zero) + cost }
      if let onDemand = day.onDemand { entry.onDemand = (entry.onDemand ?? .zero) + onDemand }
    }
  }

  private mutating func noteSkew(_ entry: ResourceEntry, _ attempts: [AttemptFacts]) {
    if world.skew.isEmpty { return }
    let skewed = attempts.compactMap { world.skew[$0.id] }
    if !skewed.isEmpty { notes.skew(entry, attempts: skewed.count, milliseconds: skewed.reduce(0, +)) }
  }

  /// - Parameter host: what it runs on; usage beyond that is not a valid measurement.
  private func residence(_ attempt: AttemptFacts, on host: Resources? = nil) -> Residence {
    var used = world.usage.isEmpty ? Resources.zero : world.usage[attempt.id] ?? .zero
    if let host, !used.canBeUsed(on: host) { used = .zero }
    return Residence(
      placed: Instant(milliseconds: attempt.placed), started: Instant(milliseconds: attempt.started),
      stopped: Instant(milliseconds: attempt.stopped), reserved: attempt.reserved,
      used: used, exclusive: attempt.flags.contains(.node))
  }
}
