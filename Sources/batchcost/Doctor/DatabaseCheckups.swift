import Domain
import Store

/// The database: whether it is intact, how large it is, and what AWS is about to forget.
struct DatabaseCheckups {
  let path: String
  let health: Result<DatabaseHealth, any Error>
  /// The time that counts as now.
  let now: Instant

  init(path: String, now: Instant) {
    (self.path, self.now) = (path, now)
    health = Result { try Database(readingFrom: path).health(gap: Self.memoryOfBatch) }
  }

  private static let hour: Int64 = 3_600_000
  /// Batch lists a finished job for at least seven days.
  private static let memoryOfBatch = 7 * millisecondsPerDay

  func all() -> [Checkup] {
    switch health {
    case .success(let health): [integrity(health), size(health), age(health)] + gaps(health)
    case .failure(let error): [Checkup(.missing, "database", path, "\(error)")]
    }
  }

  private func integrity(_ health: DatabaseHealth) -> Checkup {
    if let fault = health.fault {
      return Checkup(.missing, "database", path, "damaged: \(fault); restore a copy, or collect into a new database")
    }
    if health.isUnchecked {
      return Checkup(
        .untested, "database", path, "too large to check here; run sqlite3 \(path) 'PRAGMA quick_check'")
    }
    return Checkup(.ok, "database", path, "intact")
  }

  /// A new ledger is written beside the old one: a build may need as much space again.
  private func size(_ health: DatabaseHealth) -> Checkup {
    let size = Self.megabytes(health.bytes)
    guard let free = health.freeBytes else { return Checkup(.ok, "disk", path, size) }
    let text = "\(size); \(Self.megabytes(free)) free"
    return free < health.bytes
      ? Checkup(.missing, "disk", path, "\(text): a build may need as much as the database holds")
      : Checkup(.ok, "disk", path, text)
  }

  private func age(_ health: DatabaseHealth) -> Checkup {
    guard let last = health.lastCollection else {
      return Checkup(.missing, "collection", path, "the database is empty; run `batchcost collect`")
    }
    let end = Instant(milliseconds: last + Self.memoryOfBatch)
    let text = "collected up to \(Instant(milliseconds: last))"
    if now.milliseconds >= end.milliseconds {
      return Checkup(
        .missing, "collection", path,
        "\(text); jobs that ended later may be lost, as AWS Batch forgets them after seven days: since \(end); "
          + "run `batchcost collect`"
      )
    }
    if now.milliseconds - last > Self.hour {
      return Checkup(
        .ok, "collection", path,
        "\(text); ECS and EC2 forget after an hour, AWS Batch starts to forget jobs at \(end)")
    }
    return Checkup(.ok, "collection", path, "\(text); AWS Batch starts to forget later jobs at \(end)")
  }

  private func gaps(_ health: DatabaseHealth) -> [Checkup] {
    health.gaps.map { gap in
      let (from, to) = (Instant(milliseconds: gap.from), Instant(milliseconds: gap.to))
      let lost = Instant(milliseconds: gap.to - Self.memoryOfBatch)
      return Checkup(
        .off, "gap", path,
        "nothing new was collected from \(from) to \(to): jobs that ended before \(lost) may be missing")
    }
  }

  private static func megabytes(_ bytes: Int64) -> String {
    bytes < 10_000_000_000 ? "\((bytes + 500_000) / 1_000_000) MB" : "\((bytes + 500_000_000) / 1_000_000_000) GB"
  }
}
