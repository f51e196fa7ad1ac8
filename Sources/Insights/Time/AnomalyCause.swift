import Base
import Domain

#if canImport(Glibc)
  import Glibc
#endif

/// What of a day's figures moved most in the direction of its anomaly.
///
/// First in dollars: unused cost, attempts that came to nothing, or work that counted, each against its median of the
/// same weekdays. Where it is work, the largest ratio of jobs, vCPU-hours a job, and cost a vCPU-hour.
struct AnomalyCause: Equatable {
  enum Factor: String { case jobs, size, price, retries, unused }

  var factor: Factor
  var evidence: String

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
      self.init(factor: .unused, evidence: "\(dollars(Double(day.unused))) stood unused, usually \(dollars(unused))")
    case .retries:
      self.init(
        factor: .retries, evidence: "\(dollars(Double(day.retried))) came to nothing, usually \(dollars(retried))")
    default: self = Self.ofWork(day, peers, direction)
    }
  }

  private init(factor: Factor, evidence: String) { (self.factor, self.evidence) = (factor, evidence) }

  private static func ofWork(_ day: DayFigures, _ peers: [DayFigures], _ direction: Double) -> AnomalyCause {
    let jobs = median(peers.map { Double($0.jobs) })
    let size = median(peers.map(\.vcpuHoursPerJob))
    let rate = median(peers.map(\.dollarsPerVCPUHour))
    func move(_ now: Double, _ before: Double) -> Double { direction * log(max(now, 1e-9) / max(before, 1e-9)) }
    let moves: [(Factor, Double)] = [
      (.jobs, move(Double(day.jobs), jobs)), (.size, move(day.vcpuHoursPerJob, size)),
      (.price, move(day.dollarsPerVCPUHour, rate)),
    ]
    switch moves.max(by: { $0.1 < $1.1 })?.0 {
    case .size:
      return AnomalyCause(
        factor: .size,
        evidence: "\(fixed(day.vcpuHoursPerJob, places: 2)) vCPU-hours a job, usually \(fixed(size, places: 2))")
    case .price:
      return AnomalyCause(
        factor: .price,
        evidence: "$\(fixed(day.dollarsPerVCPUHour, places: 3)) a vCPU-hour, usually $\(fixed(rate, places: 3))")
    default:
      return AnomalyCause(
        factor: .jobs, evidence: "\(grouped(day.jobs)) jobs, usually \(grouped(Int64(jobs.rounded())))")
    }
  }
}

extension DayFigures {
  var vcpuHoursPerJob: Double { jobs == 0 ? 0 : Double(resourceTime) / 3.6e9 / Double(jobs) }
  var dollarsPerVCPUHour: Double { resourceTime == 0 ? 0 : Double(work) / Double(resourceTime) * 3.6 }
}

/// `$1,234.50` of nanodollars.
func dollars(_ nanodollars: Double) -> String {
  (nanodollars < 0 ? "\u{2212}$" : "$") + fixed(abs(nanodollars) / 1e9, places: 2)
}

/// `5,826`
func grouped(_ value: Int64) -> String { Digits.english.whole(value) }

/// A number that is not negative, with this many decimals.
func fixed(_ value: Double, places: Int) -> String {
  value.isFinite && value < 1e12 ? Digits.english.fixed(value, places: places) : "–"
}
