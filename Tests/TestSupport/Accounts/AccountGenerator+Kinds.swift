/// What an account may have besides jobs and instances.
extension AccountGenerator {
  /// Decided before anything is made.
  struct Kinds {
    /// Billed in CNY.
    var isChina = false
    /// Nothing is described: all that is known came from events.
    var eventsOnly = false
    var isMeasured = false
    var measuresGPUs = false
    var hasVolumes = false
    var isFargateSpot = false
    var reserves = false
    var hasBlocks = false
  }

  mutating func chooseKinds() {
    kinds.isChina = chance(7)
    kinds.eventsOnly = chance(6)
    kinds.isMeasured = chance(40)
    kinds.measuresGPUs = chance(40)
    kinds.hasVolumes = chance(25)
    kinds.isFargateSpot = chance(30)
    kinds.reserves = chance(12)
    kinds.hasBlocks = chance(12)
    for (has, trait) in [
      (kinds.isChina, "China"), (kinds.eventsOnly, "events only"), (kinds.isMeasured, "usage measured"),
      (kinds.measuresGPUs, "GPUs measured"), (kinds.hasVolumes, "volumes and addresses"),
      (kinds.isFargateSpot, "Fargate Spot"), (kinds.reserves, "reservations"), (kinds.hasBlocks, "Capacity Blocks"),
    ] where has { traits.append(trait) }
  }

  /// Prices of volumes, addresses and Fargate Spot.
  mutating func makeOtherPrices(_ region: String) {
    for (service, item, rate, unit) in [
      ("AmazonECS", "SpotUsage:Fargate-vCPU-Hours:perCPU", 14_000_000, "hours"),
      ("AmazonECS", "SpotUsage:Fargate-GB-Hours", 1_500_000, "hours"),
      ("AmazonEC2", "EBS:VolumeUsage.gp3", 80_000_000, "GB-Mo"),
      ("AmazonVPC", "PublicIPv4:InUseAddress", 5_000_000, "Hrs"),
    ] where chance(90) {
      sql.append(
        "INSERT INTO list_price VALUES ('\(region)', '\(service)', '\(item)', '', '', 0, \(rate), '\(unit)', 'price-list')"
      )
    }
  }

  /// An instance's disk and address.
  mutating func attach(_ life: Life) {
    guard kinds.hasVolumes else { return }
    sql.append(
      "INSERT INTO volume (volume_id, account_region, instance_id, volume_type, size_gib, created_at_ms, progress, digest) "
        + "VALUES ('vol-\(lives.count)', \(life.place), '\(life.name)', 'gp3', \(number(8...500)), \(life.start), 0, 0)"
    )
    if chance(50) { sql.append("INSERT INTO instance_address VALUES ('\(life.name)', '', \(life.place))") }
  }

  /// How an instance was bought, if its description says more than Spot: lifecycle and reservation as SQL.
  mutating func purchase(_ life: Life) -> (lifecycle: String, reservation: String) {
    if life.isSpot { return ("'spot'", "NULL") }
    if kinds.hasBlocks, Self.types[life.type].gpus > 0, chance(50) { return ("'capacity-block'", "NULL") }
    guard kinds.reserves, chance(50) else { return ("NULL", "NULL") }
    return ("NULL", "'cr-\(life.place)-\(life.type)'")
  }

  /// On-Demand Capacity Reservations of the first type in each place, described once.
  mutating func makeReservations() {
    guard kinds.reserves else { return }
    for index in places.indices {
      for type in 0...1 {
        let total = number(1...4)
        let free = number(0...total)
        let name = "cr-\(index + 1)-\(type)"
        sql.append(
          "INSERT INTO capacity_reservation (reservation_id, account_region, instance_type, platform, zone, tenancy, state, "
            + "instances, available, started_at_ms, created_at_ms, kind, progress, digest) VALUES ('\(name)', "
            + "\(index + 1), '\(Self.types[type].name)', 'Linux/UNIX', '\(places[index].zones[0])', 'default', 'active', "
            + "\(total), \(free), \(first), \(first), 'default', 0, 0)")
        sql.append(
          "INSERT INTO reservation_state (reservation_id, at_ms, instances, available) VALUES ('\(name)', \(asOf), \(total), \(free))"
        )
      }
    }
  }

  /// What most attempts' tasks used, sometimes more than they requested.
  mutating func measure(_ task: String, milliVCPUs: Int64, memoryMiB: Int64) {
    guard kinds.isMeasured, chance(85) else { return }
    let average = milliVCPUs * number(2...100) / 100
    sql.append(
      "INSERT INTO task_usage (task_id, source, memory_maximum_mib, milli_vcpus_average, milli_vcpus_maximum, samples) VALUES "
        + "('\(task)', 'container-insights', \(max(1, memoryMiB * number(2...104) / 100)), \(average), "
        + "\(min(milliVCPUs, average * 2)), \(number(1...400)))")
  }

  /// The first minutes of an instance's GPU.
  mutating func measureGPUs(_ life: Life) {
    guard kinds.measuresGPUs, Self.types[life.type].gpus > 0, chance(70) else { return }
    let start = (life.start / 60_000 + 1) * 60_000
    let isIdle = chance(40)
    for minute in 0..<min((life.stop - start) / 60_000, number(1...90)) {
      sql.append(
        "INSERT INTO gpu_usage VALUES ('\(life.name)', 'GPU-\(life.name)', \(start + minute * 60_000), "
          + "\(isIdle ? 0 : number(0...10_000)), \(number(0...20_000)), 24576, 4, 0)")
    }
  }
}
