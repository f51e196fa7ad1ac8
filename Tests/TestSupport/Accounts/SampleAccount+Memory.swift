import Foundation

/// What AWS still knows, and already knows, at a given moment.
extension SampleAccount {
  /// How long finished things are remembered, in seconds.
  package struct Memory: Sendable {
    package var ofJobs: Double
    /// For tasks, container instances and instances.
    package var ofInstances: Double

    package init(ofJobs: Double = .infinity, ofInstances: Double = .infinity) {
      (self.ofJobs, self.ofInstances) = (ofJobs, ofInstances)
    }

    /// As AWS documents it.
    package static let real = Memory(ofJobs: 7 * 86_400, ofInstances: 3600)
  }

  /// The account as it answers at a given moment: what is still to come is missing, what is running has no end, and
  /// what ended too long ago is forgotten. Events in S3 are complete.
  ///
  /// - Parameter now: seconds since 1970.
  package func at(_ now: Double, memory: Memory) throws -> SampleAccount {
    var lists = lists
    let ends = Dictionary(
      (lists["Reservations"] ?? []).compactMap { item in SampleMoment.end(item).map { (item.id, $0) } }
    ) { first, _ in first }
    let moment = SampleMoment(now: now)
    lists["jobs"] = try lists["jobs"]?.compactMap { job in
      let end = SampleMoment.milliseconds(job.facets["stoppedAt"])
      if Double(job.created) / 1000 > now || (end ?? .infinity) + memory.ofJobs < now { return nil }
      return try end.map { $0 <= now } == true ? job : SampleAccount.item("jobs", moment.job(SampleMoment.members(job)))
    }
    lists["tasks"] = try lists["tasks"]?.compactMap { task in
      let end = SampleMoment.time(task.facets["stoppedAt"])
      if (SampleMoment.time(task.facets["createdAt"]) ?? 0) > now || (end ?? .infinity) + memory.ofInstances < now {
        return nil
      }
      return try end.map { $0 <= now } == true
        ? task : SampleAccount.item("tasks", moment.task(SampleMoment.members(task)))
    }
    lists["containerInstances"] = try lists["containerInstances"]?.compactMap { instance in
      let end = ends[instance.facets["ec2InstanceId"] ?? ""]
      if (SampleMoment.time(instance.facets["registeredAt"]) ?? 0) > now
        || (end ?? .infinity) + memory.ofInstances < now
      {
        return nil
      }
      guard let end, end > now else { return instance }
      var members = SampleMoment.members(instance)
      members["status"] = "ACTIVE"
      return try SampleAccount.item("containerInstances", members)
    }
    lists["Reservations"] = try lists["Reservations"]?.compactMap { reservation in
      let end = ends[reservation.id]
      let members = SampleMoment.members(reservation)
      if SampleMoment.launch(members) > now || (end ?? .infinity) + memory.ofInstances < now { return nil }
      guard let end, end > now else { return reservation }
      return try SampleAccount.item("Reservations", moment.running(members))
    }
    return SampleAccount(lists: lists, shapes: shapes, folder: folder, denied: denied)
  }
}

/// A moment in the sample's history.
private struct SampleMoment {
  /// Seconds since 1970.
  let now: Double

  static func members(_ item: SampleAccount.Item) -> [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(item.json.utf8))) as? [String: Any] ?? [:]
  }

  static func milliseconds(_ text: String?) -> Double? { text.flatMap(Double.init).map { $0 / 1000 } }
  static func milliseconds(_ value: Any?) -> Double? { (value as? NSNumber).map { $0.doubleValue / 1000 } }

  /// `2026-10-19T00:19:59.381+00:00`
  static func time(_ value: Any?) -> Double? {
    guard let text = value as? String, text.count >= 19 else { return nil }
    let fraction = text.dropFirst(19).prefix { $0 == "." || $0.isNumber }
    let whole = try? Date(text.prefix(19) + "Z", strategy: .iso8601)
    return whole.map { $0.timeIntervalSince1970 + (Double("0\(fraction)") ?? 0) }
  }

  /// From `User initiated (2026-10-20 22:17:45 GMT)`; nil if it is still running.
  static func end(_ reservation: SampleAccount.Item) -> Double? {
    let instance = (members(reservation)["Instances"] as? [[String: Any]])?.first
    let reason = instance?["StateTransitionReason"] as? String ?? ""
    guard let start = reason.firstIndex(of: "("), let end = reason.lastIndex(of: ")") else { return nil }
    return time(reason[reason.index(after: start)..<end].replacing(" GMT", with: "").replacing(" ", with: "T"))
  }

  static func launch(_ reservation: [String: Any]) -> Double {
    time((reservation["Instances"] as? [[String: Any]])?.first?["LaunchTime"]) ?? 0
  }

  /// An unfinished job: the attempts that have ended, and the one that is running.
  func job(_ job: [String: Any]) -> [String: Any] {
    var job = job
    var attempts = job["attempts"] as? [[String: Any]] ?? []
    let isFinal = job["stoppedAt"] != nil
    var last = job["container"] as? [String: Any] ?? [:]
    var isRunning = !isFinal && (Self.milliseconds(job["startedAt"]) ?? .infinity) <= now
    var started = isRunning ? job["startedAt"] : nil
    var tasks = (job["ecsProperties"] as? [String: Any])?["taskProperties"] as? [[String: Any]] ?? []
    if let current = attempts.first(where: { attempt in
      (Self.milliseconds(attempt["startedAt"]) ?? .infinity) <= now
        && now < (Self.milliseconds(attempt["stoppedAt"]) ?? .infinity)
    }) {
      (isRunning, started) = (true, current["startedAt"])
      // Where the last attempt ran is not known yet.
      let place = current["container"] as? [String: Any] ?? [:]
      for key in ["containerInstanceArn", "taskArn", "logStreamName"] { last[key] = place[key] }
      let places = current["taskProperties"] as? [[String: Any]] ?? []
      for (index, place) in zip(tasks.indices, places) {
        for key in ["containerInstanceArn", "taskArn"] { tasks[index][key] = place[key] }
      }
    }
    attempts.removeAll { (Self.milliseconds($0["stoppedAt"]) ?? .infinity) > now }
    if !isRunning {
      for key in ["containerInstanceArn", "taskArn", "logStreamName"] { last[key] = nil }
      for index in tasks.indices { for key in ["containerInstanceArn", "taskArn"] { tasks[index][key] = nil } }
    }
    if !tasks.isEmpty, var properties = job["ecsProperties"] as? [String: Any] {
      properties["taskProperties"] = tasks
      job["ecsProperties"] = properties
    }
    for key in ["exitCode", "reason"] { last[key] = nil }
    if job["container"] != nil { job["container"] = last }
    if job["attempts"] != nil { job["attempts"] = attempts }
    if isFinal {
      let isParent = job["arrayProperties"] != nil || job["nodeProperties"] != nil
      job["status"] = isRunning ? "RUNNING" : isParent ? "PENDING" : "RUNNABLE"
    }
    for key in ["stoppedAt", "statusReason"] where isFinal { job[key] = nil }
    job["startedAt"] = started
    return job
  }

  /// An unfinished task.
  func task(_ task: [String: Any]) -> [String: Any] {
    var task = task
    for (key, value) in task where key.hasSuffix("At") {
      if let time = Self.time(value), time > now { task[key] = nil }
    }
    for key in ["stoppedReason", "stopCode"] { task[key] = nil }
    task["lastStatus"] = task["startedAt"] == nil ? "PENDING" : "RUNNING"
    task["containers"] = (task["containers"] as? [[String: Any]])?.map { container in
      var container = container
      for key in ["exitCode", "reason"] { container[key] = nil }
      return container
    }
    return task
  }

  /// A reservation whose instance is still running.
  func running(_ reservation: [String: Any]) -> [String: Any] {
    var reservation = reservation
    reservation["Instances"] = (reservation["Instances"] as? [[String: Any]])?.map { instance in
      var instance = instance
      instance["State"] = ["Name": "running", "Code": 16] as [String: Any]
      for key in ["StateTransitionReason", "StateReason"] { instance[key] = nil }
      return instance
    }
    return reservation
  }
}
