/// Jobs and the instances under them.
extension AccountGenerator {
  mutating func makeWork() {
    let wanted = chance(3) ? Int(number(1000...3000)) : pick([0, 1, 2, 3, 8, 25, 60, 150])
    let isIdleAtWeekends = chance(25)
    let idleWeek = chance(25) ? number(0...9) : -1
    traits.append(
      "\(wanted) jobs\(isIdleAtWeekends ? ", weekends idle" : "")\(idleWeek >= 0 ? ", week \(idleWeek) idle" : "")")
    let unplaced = pick([0, 0, 0, 5, 100])
    if unplaced > 0 { traits.append("\(unplaced) % without an instance") }
    var made = 0
    while made < wanted {
      let queue = Int(number(1...Int64(queueOptions.count)))
      let start = first + number(0...max(0, asOf - first - Self.hour))
      let weekday = (start / Self.day + 3) % 7
      if isIdleAtWeekends, weekday > 4 {
        made += 1
        continue
      }
      if (start - first) / (7 * Self.day) == idleWeek {
        made += 1
        continue
      }
      if queueOptions[queue - 1] == .fargate {
        made += fargate(queue, start)
      } else if chance(6) {
        made += multiNode(queue, start)
      } else {
        made += host(queue, start, atMost: wanted - made, unplaced: unplaced)
      }
    }
    if chance(10), let queue = queueOptions.firstIndex(of: .onDemand) {
      traits.append("a job of 30 days")
      let stop = first + 30 * Self.day
      let host = instance(queue + 1, type: 0, from: first, to: stop < asOf ? stop : nil)
      job(
        queue + 1, from: first + 60_000, to: stop < asOf ? stop - 60_000 : nil, on: host, vcpus: 4000, mib: 8192,
        unplaced: 0)
    }
  }

  /// An instance and its jobs.
  private mutating func host(_ queue: Int, _ start: Int64, atMost: Int, unplaced: Int) -> Int {
    let type = queueOptions[queue - 1] == .gpu ? 2 : Int(number(0...1))
    let length = number(120_000...pick([Self.hour, 8 * Self.hour, 60 * Self.hour]))
    let stop = start + length
    let isSpot = queueOptions[queue - 1] == .spot
    let isReclaimed = isSpot && chance(20)
    let host = instance(
      queue, type: type, from: start, to: stop < asOf ? stop : nil, isSpot: isSpot, reclaimed: isReclaimed)
    guard chance(94) else { return 1 }
    let count = min(atMost, atMost > 500 ? 80 : pick([1, 1, 2, 4, 12]))
    let parent: Int64? = count > 2 && chance(40) ? newParent(queue, kind: 1, size: count, from: start) : nil
    for _ in 0..<max(1, count) {
      let begin = start + number(60_000...max(60_001, length / 2))
      let end = min(begin + number(1000...max(1001, length / 2)), stop - 1)
      let vcpus = Int64(Self.types[type].vcpus) / pick([1, 2, 4])
      let isLost = isReclaimed && chance(50)
      job(
        queue, from: begin, to: end < asOf ? (isLost ? stop : end) : nil, on: host, vcpus: vcpus,
        mib: number(128...16000),
        gpus: type == 2 ? 1 : 0, parent: parent, isLost: isLost, unplaced: unplaced)
    }
    return max(1, count)
  }

  private mutating func fargate(_ queue: Int, _ start: Int64) -> Int {
    let stop = start + number(30_000...20 * Self.hour)
    job(
      queue, from: start, to: stop < asOf ? stop : nil, on: nil, vcpus: pick([250, 1000, 4000]),
      mib: pick([512, 2048, 8192]), platform: 1, unplaced: 0)
    return 1
  }

  /// Nodes that begin and end together, each on its own host.
  private mutating func multiNode(_ queue: Int, _ start: Int64) -> Int {
    let nodes = Int(number(2...4))
    let stop = start + number(600_000...10 * Self.hour)
    let type = queueOptions[queue - 1] == .gpu ? 2 : 0
    let parent = newParent(queue, kind: 3, size: nodes, from: start)
    for node in 0..<nodes {
      let host = instance(
        queue, type: type, from: start, to: stop < asOf ? stop : nil, isSpot: queueOptions[queue - 1] == .spot)
      job(
        queue, from: start + 90_000, to: stop < asOf ? stop - 30_000 : nil, on: host, vcpus: 4000, mib: 12_000,
        gpus: type == 2 ? 1 : 0, parent: parent, kind: 4, index: node, unplaced: 0)
    }
    return nodes
  }

  /// In the form of UUIDs; the first eight digits tell them apart.
  private func id(_ number: Int64, _ kind: Character) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 7 - digits.count) + digits + "\(kind)-\(seed)"
  }

  private var parentID: String { id(parents, "a") }

  private mutating func newParent(_ queue: Int, kind: Int, size: Int, from start: Int64) -> Int64 {
    parents += 1
    sql.append("INSERT INTO job_parent (id, job_id) VALUES (\(parents), '\(parentID)')")
    guard chance(85) else { return parents }
    jobs += 1
    sql.append(
      "INSERT INTO job (id, job_id, account_region, name, kind, parent, size, job_queue, job_definition, status, "
        + "created_at_ms, started_at_ms, platform, progress, digest) VALUES (\(jobs), '\(parentID)', "
        + "\(place(ofQueue: queue)), \(Self.quoted(name())), \(kind), \(parents), \(size), \(queue), "
        + "\(number(1...definitions)), 'SUCCEEDED', \(start), \(start), 0, 0, 0)")
    return parents
  }

  mutating func instance(
    _ queue: Int, type: Int, from start: Int64, to stop: Int64?, isSpot: Bool = false, reclaimed: Bool = false
  ) -> Int64 {
    hosts += 1
    let place = place(ofQueue: queue)
    lives.append(
      Life(name: "i-\(hosts)", place: place, type: type, isSpot: isSpot, start: start, stop: min(stop ?? asOf, asOf)))
    let life = lives[lives.count - 1]
    let zone = pick(places[place - 1].zones)
    let name = Self.types[type].name
    if !kinds.eventsOnly, chance(85) || isSpot {
      let bought = purchase(life)
      sql.append(
        "INSERT INTO instance_description (instance_id, source, account_region, instance_type, zone, lifecycle, "
          + "capacity_reservation, progress, digest) VALUES ('i-\(hosts)', 'ec2', \(place), '\(name)', '\(zone)', "
          + "\(bought.lifecycle), \(bought.reservation), 0, 0)")
    }
    attach(life)
    measureGPUs(life)
    sql.append(
      "INSERT INTO container_instance (id, cluster, name, instance_id, instance_type, zone) VALUES "
        + "(\(hosts), \(queue), 'c-\(hosts)', 'i-\(hosts)', '\(name)', '\(zone)')")
    sql.append("INSERT INTO instance_event VALUES ('i-\(hosts)', 'running', \(start), 'event', \(place))")
    if let stop {
      sql.append("INSERT INTO instance_event VALUES ('i-\(hosts)', 'shutting-down', \(stop), 'event', \(place))")
    }
    if reclaimed, let stop {
      sql.append("INSERT INTO instance_event VALUES ('i-\(hosts)', 'interruption-warning', \(stop), 'event', \(place))")
    }
    return hosts
  }

  mutating func job(
    _ queue: Int, from start: Int64, to stop: Int64?, on host: Int64?, vcpus: Int64, mib: Int64, gpus: Int64 = 0,
    platform: Int = 0, parent: Int64? = nil, kind: Int = 2, index: Int? = nil, isLost: Bool = false, unplaced: Int
  ) {
    jobs += 1
    let isRetried = stop != nil && chance(10)
    let fails = isLost && !isRetried || chance(10)
    let status = stop == nil ? "RUNNING" : fails ? "FAILED" : "SUCCEEDED"
    let definition = number(1...definitions)
    let tags = tagSets > 0 && chance(80) ? "\(number(1...tagSets))" : "NULL"
    let family = parent.map(String.init) ?? "NULL"
    let kind = parent == nil ? 0 : kind
    let ends = stop.map(String.init) ?? "NULL"
    sql.append(
      "INSERT INTO job (id, job_id, account_region, name, kind, parent, child_index, job_queue, job_definition, status, "
        + "created_at_ms, started_at_ms, stopped_at_ms, platform, architecture, tag_set, attempts, progress, digest) VALUES (\(jobs), "
        + "'\(id(jobs, "b"))', \(place(ofQueue: queue)), \(Self.quoted(name())), \(kind), \(family), \(index.map(String.init) ?? "NULL"), \(queue), "
        + "\(definition), '\(status)', \(start - number(1000...4 * Self.hour)), \(start), \(ends), \(platform), 'X86_64', \(tags), "
        + "\(isRetried ? 2 : 1), 0, 0)")
    let lost = "NULL, 'Host EC2 (instance i-\(host ?? 0)) terminated.'"
    let failed = "1, 'Essential container in task exited'"
    let middle = stop.map { start + ($0 - start) / 2 }
    let knows = host != nil && !chance(unplaced)
    func attempt(_ ordinal: Int64, _ from: Int64, _ to: String, _ end: String) {
      let task = "task-\(jobs)-\(ordinal)-\(seed)"
      measure(task, milliVCPUs: vcpus, memoryMiB: mib)
      sql.append(
        "INSERT INTO attempt (id, job, ordinal, started_at_ms, stopped_at_ms, milli_vcpus, memory_mib, gpus, container_instance, "
          + "job_queue, job_definition, kind, platform, parent, tag_set, task_id, exit_code, status_reason) VALUES "
          + "(\(jobs << 10 | ordinal), \(jobs), \(ordinal), \(from), \(to), \(vcpus), \(mib), \(gpus), "
          + "\(knows ? host.map(String.init) ?? "NULL" : "NULL"), \(queue), \(definition), \(kind), \(platform), \(family), "
          + "\(tags), '\(task)', \(end))")
    }
    let last = stop == nil ? "NULL, NULL" : fails ? (isLost ? lost : failed) : "0, NULL"
    if isRetried, let middle {
      attempt(1, start, "\(middle)", isLost ? lost : failed)
      attempt(2, middle, ends, last)
    } else {
      attempt(1, start, ends, last)
    }
  }
}
