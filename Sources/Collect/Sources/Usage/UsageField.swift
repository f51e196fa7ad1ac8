/// What a column of a Logs Insights query says of a task's use, by its name: `max(MemoryUtilized)`, or an alias such as
/// `avg_cpu_utilized`.
enum UsageField {
  case task, instance, message
  /// The peak. Minima, percentiles and averages are no peaks.
  case memory
  case cpuAverage, cpuMaximum
  case samples

  /// Nil for every other column, such as a share of what is reserved.
  init?(_ name: JSONText) {
    switch name {
    case "TaskId": self = .task
    case "max(MemoryUtilized)": self = .memory
    case "avg(CpuUtilized)": self = .cpuAverage
    case "max(CpuUtilized)": self = .cpuMaximum
    case "count(*)": self = .samples
    case "@message": self = .message
    default: self.init(written: name.string)
    }
  }

  private init?(written name: String) {
    let words = Self.words(name)
    let joined = words.joined()
    func has(_ kinds: Set<String>) -> Bool {
      words.contains { word in kinds.contains(word) || kinds.contains { word.isJoined(to: $0) } }
    }
    if joined == "taskid" {
      self = .task
    } else if joined.contains("ec2instanceid") {
      self = .instance
    } else if has(["count", "samples"]) {
      if has(["distinct"]) { return nil }
      self = .samples
    } else if name.contains("/") || Self.shares.contains(where: joined.contains) || has(Self.others) {
      return nil
    } else if joined.contains("memory"), joined.contains("util") {
      if has(Self.averages) { return nil }
      self = .memory
    } else if joined.contains("cpu"), joined.contains("util") {
      self = has(Self.averages) ? .cpuAverage : .cpuMaximum
    } else {
      return nil
    }
  }

  private static let averages: Set<String> = ["avg", "average", "mean"]
  /// Percentages, such as `TaskMemoryUtilization`, and what is reserved.
  private static let shares = ["utilization", "percent", "ratio", "reserved"]
  private static let others: Set<String> = [
    "min", "minimum", "pct", "percentile", "median", "p50", "p75", "p90", "p95", "p99", "stddev", "sum", "total",
    "earliest", "latest", "sortsfirst", "sortslast",
  ]

  /// `maxMemory_utilized` → max, memory, utilized
  private static func words(_ name: String) -> [String] {
    var words: [String] = []
    var isInside = false
    var wasSmall = false
    for character in name {
      guard character.isLetter || character.isNumber else {
        isInside = false
        continue
      }
      if !isInside || wasSmall && character.isUppercase { words.append("") }
      words[words.count - 1].append(contentsOf: character.lowercased())
      (isInside, wasSmall) = (true, character.isLowercase)
    }
    return words
  }
}

extension String {
  /// `minmemory`, `utilizedmin`
  fileprivate func isJoined(to word: String) -> Bool {
    hasPrefix(word + "memory") || hasPrefix(word + "cpu") || hasSuffix("utilized" + word)
  }
}
