import Domain
import Store

/// When an attempt of a job was on an instance, and its share of it.
package struct JobStay: Equatable, Sendable {
  /// `job id #attempt`.
  package var attempt: String
  /// From placement to stop, within the instance's life.
  package var span: TimeSpan
  /// The attempt's share of the instance's charges while it was there, 0 to 1, from its postings as a whole; nil if
  /// nothing is priced.
  package var share: Double?
}

/// An instance-hour in which a job ran.
package struct SharedHour: Equatable, Sendable {
  package var hour: InstanceExplanation.Hour
  /// The time of all attempts of the job in it: two at once count twice.
  package var milliseconds: Int64
  /// The job's share of the charge, 0 to 1.
  package var share: Double?
}

extension InstanceExplanation {
  /// The instance-hours in which an attempt of the job was on the instance.
  package var sharedHours: [SharedHour] {
    hours.compactMap { hour in
      let own = stays.filter { $0.milliseconds(in: hour.charge) > 0 }
      guard !own.isEmpty else { return nil }
      let parts = own.compactMap { stay in stay.share.map { $0 * stay.part(of: hour.charge) } }
      return SharedHour(
        hour: hour, milliseconds: own.reduce(0) { $0 + $1.milliseconds(in: hour.charge) },
        share: parts.count < own.count ? nil : min(1, parts.reduce(0, +)))
    }
  }

  /// Postings to attempts of the job.
  package var ownRows: [ExplainedPosting] {
    let own = Set(stays.map(\.attempt))
    return rows.filter { own.contains($0.attempt) }
  }
}

extension JobStay {
  fileprivate func milliseconds(in charge: Charge) -> Int64 {
    max(0, min(span.end, charge.span.end).milliseconds - max(span.start, charge.span.start).milliseconds)
  }

  /// The stay's time as a share of the billed time.
  fileprivate func part(of charge: Charge) -> Double {
    charge.billedMilliseconds > 0 ? Double(milliseconds(in: charge)) / Double(charge.billedMilliseconds) : 0
  }

  /// The stays of a job, or of a parent's children, in order of time.
  ///
  /// An attempt's share of an instance does not change while it runs, unless more is reserved than there is. So the
  /// share is what was posted of the whole, at On-Demand rates if they are known, which are independent of Spot price
  /// changes.
  static func of(
    _ job: String, on instance: String, _ life: TimeSpan, _ charges: [Charge], _ connection: Connection
  ) throws -> [JobStay] {
    enum Field: Int32, SelectedColumn {
      case jobId, ordinal, startedAtMs, stoppedAtMs, runMs, startupMs, onDemand, cost
      var sql: String {
        switch self {
        case .jobId: "j.\(name)"
        case .runMs: "SUM(CASE WHEN a.kind = 'startup' THEN 0 ELSE p.ms END)"
        case .startupMs: "SUM(CASE WHEN a.kind = 'startup' THEN p.ms ELSE 0 END)"
        case .onDemand, .cost: "SUM(p.\(name))"
        default: "t.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM resource r JOIN posting p ON \(PostingID.isOf("p.id", resource: "r.id"))
      JOIN ledger_account a ON a.id = p.account JOIN attempt t ON t.id = p.attempt JOIN job j ON j.id = t.job
      WHERE r.kind = 'instance' AND r.name = ?1
        AND (j.job_id = ?2 OR j.parent = (SELECT id FROM job_parent WHERE job_id = ?2))
      GROUP BY t.id ORDER BY MIN(p.day), t.started_at_ms, t.id
      """)
    rows.bind(instance, job)
    var stays: [JobStay] = []
    while try rows.step() {
      let (running, starting) = (rows.integer(Field.runMs), rows.integer(Field.startupMs))
      let told =
        rows.optionalInteger(Field.startedAtMs) ?? (rows.optionalInteger(Field.stoppedAtMs) ?? life.end.milliseconds)
        - running
      let started = max(told, life.start.milliseconds)
      let span = TimeSpan(
        Instant(milliseconds: max(started - starting, life.start.milliseconds)),
        Instant(milliseconds: max(started, min(started + running, life.end.milliseconds))))
      var stay = JobStay(attempt: "\(rows.text(Field.jobId)) #\(rows.integer(Field.ordinal))", span: span)
      let listed = rows.optionalInteger(Field.onDemand)
      let whole = charges.reduce(0.0) { sum, charge in
        let amount = listed == nil ? charge.cost : charge.onDemand
        return sum + Double(amount?.nanodollars ?? 0) * stay.part(of: charge)
      }
      if whole > 0, let posted = listed ?? rows.optionalInteger(Field.cost) {
        stay.share = min(1, Double(posted) / whole)
      }
      stays.append(stay)
    }
    return stays
  }
}
