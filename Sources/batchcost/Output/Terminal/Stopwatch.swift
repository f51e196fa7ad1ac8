#if canImport(Glibc)
  import Glibc
#endif

/// What a part of a command took: wall time, CPU time, and the peak memory of the process so far.
struct Stopwatch {
  private var wall = ContinuousClock.now
  private var processor = Self.usage().processor

  /// The time since the last lap, as `2.71 s, 3.40 s of CPU, 139 MB at most`.
  mutating func lap() -> String {
    let (now, usage) = (ContinuousClock.now, Self.usage())
    defer { (wall, self.processor) = (now, usage.processor) }
    let processor = Self.seconds(usage.processor - self.processor)
    return "\(Self.seconds(now - wall)), \(processor) of CPU, \(usage.megabytes) MB at most"
  }

  private static func usage() -> (processor: Duration, megabytes: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    return (.seconds(seconds) + .microseconds(microseconds), usage.ru_maxrss / 1024)
  }

  private static func seconds(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let hundredths = seconds * 100 + attoseconds / 10_000_000_000_000_000
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
  }
}
