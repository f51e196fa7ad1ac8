import Domain
import Store

extension Insight {
  /// Everything, each job queue and each job definition (all revisions together), day by day.
  static let anomalies = Insight("anomalies", tables: ["anomaly", "anomaly_watch"]) { view, connection in
    let kinds: [DailySeries.Kind] = [.everything, .jobQueue, .jobDefinition]
    let detectors = try kinds.flatMap { kind in
      try DailySeries.read(kind, connection, view).map(AnomalyDetector.init)
    }
    let watched = detectors.count { $0.silence == nil }
    try watch(detectors, watched, connection)
    guard watched > 0 else { return }
    let probability = Anomaly.falseAlarms / (365 * Double(watched))
    let whole = detectors.first { $0.series.kind == .everything }
    let least = 0.01 * median((whole?.series.days ?? []).map { Double($0.cost) }.filter { $0 > 0 })
    let writer = try RowWriter(connection, "anomaly", columns: 10)
    for detector in detectors where detector.silence == nil {
      let series = detector.series
      for index in series.days.indices {
        guard let found = detector.judge(index, probability: probability) else { continue }
        let day = series.days[index]
        guard abs(Double(day.cost) - found.expected) >= least else { continue }
        let cause = AnomalyCause(day, peers: found.peers.map { series.days[$0] }, rises: found.score > 0)
        try writer.write(
          .text(series.kind.rawValue), .text(series.name), .integer(Int64(series.day(index).number)),
          .integer(day.cost), .integer(Int64(found.expected.rounded())), .integer(Int64(found.low.rounded())),
          .integer(Int64(found.high.rounded())), .real(found.score), .text(cause.factor.rawValue),
          .text(cause.evidence))
      }
    }
  }

  private static func watch(_ detectors: [AnomalyDetector], _ watched: Int, _ connection: Connection) throws {
    let writer = try RowWriter(connection, "anomaly_watch", columns: 7)
    for detector in detectors {
      let silence = detector.silence
      try writer.write(
        .text(detector.series.kind.rawValue), .text(detector.series.name), .integer(detector.history),
        .flag(silence == nil), .text(silence ?? ""),
        .real(silence == nil ? Anomaly.falseAlarms / Double(watched) : 0), .integer(Anomaly.minimumHistory))
    }
  }
}
