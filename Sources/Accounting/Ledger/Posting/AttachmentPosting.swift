import Domain

extension LedgerBuilder {
  /// Volumes and addresses of an instance are separate resources, borne by those who bear the instance.
  mutating func postAttachments(
    of entry: ResourceEntry, _ facts: InstanceFacts, _ attempts: [AttemptFacts], _ residences: [Residence],
    _ writer: inout LedgerWriter
  ) throws {
    guard let place = world.places[facts.accountRegion] else { return }
    for volume in world.volumes[facts.id] ?? [] {
      guard let span = volume.span(instance: entry.span, place) else {
        writer.later(.volume, volume.id)
        continue
      }
      var attachment = entry.attachment(.volume, named: volume.id, span)
      attachment.isOpen = volume.isOpen(entry, place)
      var terms = volume.terms
      terms.zone = facts.zone
      let estimate = terms.charges(over: span, prices: world.prices)
      let charges = attachmentCharges(attachment, named: [volume.id], estimate: estimate)
      try post(attachment, charges, "EBS volumes of type \(volume.terms.type)", attempts, residences, &writer)
    }
    if facts.hasPublicAddress {
      let terms = AddressTerms.terms(region: place.region, zone: facts.zone, prices: world.prices)
      let address = entry.attachment(.address, named: facts.id + AddressTerms.nameSuffix, entry.span)
      let names = [facts.networkInterface, facts.id].compactMap { $0 }
      let charges = attachmentCharges(address, named: names, estimate: terms.charges(over: entry.span))
      try post(address, charges, "public IPv4 addresses", attempts, residences, &writer)
    }
  }

  /// - Parameter what: what there is no price for, if there is none.
  private mutating func post(
    _ proposed: ResourceEntry, _ charges: [Charge], _ what: String, _ attempts: [AttemptFacts],
    _ residences: [Residence], _ writer: inout LedgerWriter
  ) throws {
    var (entry, charges) = (proposed, charges)
    settle(&entry, &charges)
    if entry.unpriced > 0 {
      let place = world.places[entry.accountRegion]
      let name = entry.zone ?? place?.region ?? ""
      notes.unpriced(entry, place, because: "no list price for \(what)\(name.isEmpty ? "" : " in \(name)")")
    }
    writer.begin(entry, days.days, attempts)
    poster.post(charges, span: entry.span, residences: residences, capacity: entry.capacity) { posting in
      // vCPUs and memory are already counted with the instance.
      var posting = posting
      posting.resourceTime = Resources.zero
      writer.write(posting)
    }
    try writer.end()
  }
}

extension ResourceEntry {
  fileprivate func attachment(_ kind: Kind, named name: String, _ span: TimeSpan) -> ResourceEntry {
    var entry = ResourceEntry(
      kind: kind, name: name, accountRegion: accountRegion, computeEnvironment: computeEnvironment, instanceType: nil,
      zone: zone, option: .onDemand, span: span, startSource: startSource, stopSource: stopSource, isOpen: isOpen)
    entry.capacity = capacity
    entry.attempts = attempts
    return entry
  }
}
