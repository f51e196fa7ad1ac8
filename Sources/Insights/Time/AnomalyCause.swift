import Domain

#if canImport(Glibc)
  import Glibc
#endif

/// The figure that changed most in the direction of a day's anomaly.
///
/// First in dollars: unused cost, retried or failed attempts, or work that counted, each compared with its median on
/// the same weekdays. If it is work, the largest ratio of jobs, vCPU-hours per job, and cost per vCPU-hour.
struct AnomalyCause: Equatable {
  enum Factor: String { case jobs, size, price, retries, unused }

  var factor: Factor
  /// Its value on the day: jobs, vCPU-hours per job, dollars per vCPU-hour, or dollars of retries or unused.
  var figure: Double
  /// The median of the peers.
  var usual: Double

  init(_ day: DayFigures, peers: [DayFigures], rises: Bool) {
    func usual(_ figure: (DayFigures) -> Double) -> Double { median(peers.map(figure)) }
    let direction = rises ? 1.0 : -1.0
    let unused = usual { Double($0.unused) }
    let retried = usual { Double($0.retried) }
    let work = usual { Double($0.work) }
    let moves = [
      (Factor.unused, direction * (Double(day.unused) - unused)),
      (.retries, direction * (Double(day.retried) - retried)),
      (.jobs, direction * (Double(day.work) - work)),
    ]
    let largest = moves.max { $0.1 < $1.1 }?.0 ?? .jobs
    switch largest {
    case .unused:
      self.init(factor: .unused, figure: Double(day.unused) / 1e9, usual: unused / 1e9)
    case .retries:
      self.init(factor: .retries, figure: Double(day.retried) / 1e9, usual: retried / 1e9)
    default: self = Self.ofWork(day, peers, direction)
    }
  }

  init(factor: Factor, figure: Double, usual: Double) {
    (self.factor, self.figure, self.usual) = (factor, figure, usual)
  }

  private static func ofWork(_ day: DayFigures, _ peers: [DayFigures], _ direction: Double) -> AnomalyCause {
    let jobs = median(peers.map { Double($0.jobs) })
    let size = median(peers.map(\.vcpuHoursPerJob))
    let rate = median(peers.map(\.dollarsPerVCPUHour))
    func move(_ now: Double, _ before: Double) -> Double { direction * log(max(now, 1e-9) / max(before, 1e-9)) }
    let moves: [(Factor, Double)] = [
      (.jobs, move(Double(day.jobs), jobs)), (.size, move(day.vcpuHoursPerJob, size)),
      (.price, move(day.dollarsPerVCPUHour, rate)),
    ]
    // Where nothing began, no job has a size.
    let most = direction < 0 && day.jobs == 0 ? Factor.jobs : moves.max { $0.1 < $1.1 }?.0
    switch most {
    case .size:
      return AnomalyCause(factor: .size, figure: day.vcpuHoursPerJob, usual: size)
    case .price:
      return AnomalyCause(factor: .price, figure: day.dollarsPerVCPUHour, usual: rate)
    default:
      return AnomalyCause(factor: .jobs, figure: Double(day.jobs), usual: jobs)
    }
  }
}

extension DayFigures {
  var vcpuHoursPerJob: Double { jobs == 0 ? 0 : Double(resourceTime) / 3.6e9 / Double(jobs) }
  var dollarsPerVCPUHour: Double { resourceTime == 0 ? 0 : Double(work) / Double(resourceTime) * 3.6 }
}
