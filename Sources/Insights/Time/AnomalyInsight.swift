import Domain
import Store

private enum AnomalyColumn: Int32, TableColumns {
  case kind, name, day, cost, expected, low, high, score, cause, figure, usual
  static let table = "anomaly"
}

private enum AnomalyWatchColumn: Int32, TableColumns {
  case kind, name, days, needed, recentDays, activeDays, watched, why, falseAlarms
  static let table = "anomaly_watch"
}

extension Insight {
  /// Everything, each job queue and each job definition (all revisions together), by day.
  static let anomalies = Insight.ofRollups("anomalies", tables: ["anomaly", "anomaly_watch"]) { rollups, connection in
    let kinds: [DailySeries.Kind] = [.everything, .jobQueue, .jobDefinition]
    let detectors = try kinds.flatMap { kind in
      try DailySeries.read(kind, rollups, connection).map(AnomalyDetector.init)
    }
    let watched = detectors.count { $0.silence == nil }
    try watch(detectors, watched, connection)
    guard watched > 0 else { return }
    let probability = Anomaly.falseAlarms / (365 * Double(watched))
    let whole = detectors.first { $0.series.kind == .everything }
    let least = 0.01 * median((whole?.series.days ?? []).map { Double($0.cost) }.filter { $0 > 0 })
    let rows = try TableWriter<AnomalyColumn>(connection)
    for detector in detectors where detector.silence == nil {
      let series = detector.series
      for index in series.days.indices {
        guard let found = detector.judge(index, probability: probability) else { continue }
        let day = series.days[index]
        guard abs(Double(day.cost) - found.expected) >= least else { continue }
        let cause = AnomalyCause(day, peers: found.peers.map { series.days[$0] }, rises: found.score > 0)
        rows.put(.kind, series.kind.rawValue)
        rows.put(.name, series.name)
        rows.put(.day, series.day(index).number)
        rows.put(.cost, day.cost)
        rows.put(.expected, Int64(found.expected.rounded()))
        rows.put(.low, Int64(found.low.rounded()))
        rows.put(.high, Int64(found.high.rounded()))
        rows.put(.score, found.score)
        rows.put(.cause, cause.factor.rawValue)
        rows.put(.figure, cause.figure)
        rows.put(.usual, cause.usual)
        try rows.write()
      }
    }
  }

  private static func watch(_ detectors: [AnomalyDetector], _ watched: Int, _ connection: Connection) throws {
    let rows = try TableWriter<AnomalyWatchColumn>(connection)
    for detector in detectors {
      let silence = detector.silence
      rows.put(.kind, detector.series.kind.rawValue)
      rows.put(.name, detector.series.name)
      rows.put(.days, detector.history)
      rows.put(.needed, Anomaly.minimumHistory)
      rows.put(.recentDays, detector.recent.count)
      rows.put(.activeDays, detector.activeDays)
      rows.put(.watched, silence == nil)
      rows.put(.why, silence?.rawValue ?? "")
      rows.put(.falseAlarms, silence == nil ? Anomaly.falseAlarms / Double(watched) : 0)
      try rows.write()
    }
  }
}
