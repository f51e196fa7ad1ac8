import Domain

/// What an environment launched, in time order: which pool EC2 gave it, for which job, is what the market was like then,
/// as the Spot price is.
package struct LaunchHistory: Sendable {
  package struct Launch: Sendable {
    package var at: Int64
    package var type: Int
    package var zone: Int
    /// Of the job that it was launched for.
    package var need: Need

    package init(at: Int64, type: Int, zone: Int, need: Need) {
      self.at = at
      self.type = type
      self.zone = zone
      self.need = need
    }
  }

  package let launches: [Launch]

  package init(_ launches: [Launch]) { self.launches = launches.sorted { $0.at < $1.at } }

  /// The launch that is nearest in size and time among those whose type holds a job; nil where there is none.
  ///
  /// A factor of two in vCPUs or memory counts as much as a day.
  /// - Complexity: O(log n), and at most `reach` launches to either side.
  func nearest(_ need: Need, at time: Int64, holds: (Int) -> Bool) -> Launch? {
    var (low, high) = (0, launches.count)
    while low < high {
      let middle = (low + high) / 2
      if launches[middle].at < time { low = middle + 1 } else { high = middle }
    }
    var best: (distance: Double, launch: Launch)?
    for index in max(0, low - Self.reach)..<min(launches.count, low + Self.reach) {
      let launch = launches[index]
      guard launch.need.gpus > 0 || need.gpus == 0, holds(launch.type) else { continue }
      let distance =
        Self.octaves(launch.need.milliVCPUs, need.milliVCPUs) + Self.octaves(launch.need.memoryMiB, need.memoryMiB)
        + Self.octaves(launch.need.gpus, need.gpus)
        + Double(abs(launch.at - time)) / Double(millisecondsPerDay)
      if best.map({ distance < $0.distance }) ?? true { best = (distance, launch) }
    }
    return best?.launch
  }

  private static let reach = 200

  private static func octaves(_ a: Int32, _ b: Int32) -> Double {
    abs(Double(max(a, 0) + 1).logarithm2 - Double(max(b, 0) + 1).logarithm2)
  }
}
