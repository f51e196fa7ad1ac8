import Domain

/// The most vCPUs that an environment got while the account wanted more: a quota, or EC2's capacity.
///
/// AWS does not say why a job waits. If independent jobs waited long for an environment below its maximum, and it was
/// about as large as it ever was while they waited, this is taken as the most it could get.
struct CapacityFit {
  /// Shorter waits are waits for a launch, in milliseconds.
  private static let leastWait: Int64 = 10 * 60_000
  /// With fewer jobs than this nothing is concluded.
  private static let leastJobs = 10
  /// The share of them that waited for room while the environment was large, and how large, as a share of its greatest
  /// size.
  private static let leastShare = 0.9
  private static let leastSize = 0.75

  /// The vCPUs of an environment over time.
  private struct Size {
    var times: [Int64] = []
    var milliVCPUs: [Int64] = []

    init(_ changes: [(at: Int64, by: Int64)]) {
      var now: Int64 = 0
      for change in changes.sorted(by: { ($0.at, $0.by) < ($1.at, $1.by) }) {
        now += change.by
        times.append(change.at)
        milliVCPUs.append(now)
      }
    }

    var most: Int64 { milliVCPUs.max() ?? 0 }

    func value(at time: Int64) -> Int64 {
      var (low, high) = (0, times.count)
      while low < high {
        let middle = (low + high) / 2
        if times[middle] <= time { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? milliVCPUs[low - 1] : 0
    }
  }

  /// By environment: milli-vCPUs; the largest number if there is no sign of a limit.
  static func limits(_ history: History) -> [Int64] {
    var changes = [[(at: Int64, by: Int64)]](repeating: [], count: history.environments.count)
    for life in history.lives where life.type >= 0 {
      let size = history.shapes[life.type].nominal.milliVCPUs
      changes[life.environment].append((life.started, size))
      changes[life.environment].append((life.stopped, -size))
    }
    let sizes = changes.map(Size.init)
    let most = sizes.map(\.most)
    let dependent = Set(
      history.dependencies.edges.compactMap { edge -> Int64? in
        if case .job(let row) = edge.after { row } else { nil }
      })
    var waited = [(jobs: Int, forRoom: Int)](repeating: (0, 0), count: history.environments.count)
    for attempt in history.attempts where attempt.id % 1024 == 1 && !dependent.contains(attempt.job) {
      let life = history.lives[Int(attempt.life)]
      let wait = attempt.placed - attempt.created
      guard life.type >= 0, wait >= leastWait else { continue }
      let size = sizes[life.environment].value(at: attempt.created + wait / 2)
      waited[life.environment].jobs += 1
      if Double(size) >= leastSize * Double(most[life.environment]) { waited[life.environment].forRoom += 1 }
    }
    return history.environments.indices.map { index in
      let (jobs, forRoom) = waited[index]
      let isShort = jobs >= leastJobs && Double(forRoom) >= leastShare * Double(jobs)
      return isShort && most[index] < history.environments[index].maximumMilliVCPUs ? most[index] : .max
    }
  }
}
