import AWS

/// CloudWatch series of one instance's GPUs: the agent's `nvidia_smi_*`, and DCGM's if an agent sends them.
struct GPUMetrics {
  /// One GPU, as named in a metric.
  struct GPU: Hashable, Sendable {
    let instance: String
    /// A UUID, or an index.
    let name: String
    let family: Family
    let namespace: String
    let dimensions: [Dimension]
  }

  struct Dimension: Hashable, Sendable {
    let name: String
    let value: String
  }

  enum Family: String, CaseIterable, Sendable {
    case nvidiaSMI = "nvidia_smi_utilization_gpu"
    case dcgm = "DCGM_FI_DEV_GPU_UTIL"

    /// The metric of each series.
    var metrics: [(series: Series, metric: String)] {
      switch self {
      case .nvidiaSMI:
        [(.utilization, rawValue), (.used, "nvidia_smi_memory_used"), (.total, "nvidia_smi_memory_total")]
      case .dcgm: [(.utilization, rawValue), (.used, "DCGM_FI_DEV_FB_USED"), (.free, "DCGM_FI_DEV_FB_FREE")]
      }
    }
  }

  /// In percent, and in MiB.
  enum Series: Int, Sendable {
    case utilization, used, total, free

    var statistic: String {
      switch self {
      case .utilization: "Average"
      case .used, .total: "Maximum"
      // Where use is largest.
      case .free: "Minimum"
      }
    }
  }

  /// A call takes at most five hundred series, three per GPU; no instance has that many.
  static let most = 160
  static let periodSeconds = 60

  let gpus: [GPU]
  private var points: [[Series: [Int64: Double]]]

  init(_ gpus: [GPU]) {
    self.gpus = Array(gpus.prefix(Self.most))
    points = Array(repeating: [:], count: self.gpus.count)
  }

  /// The GPUs in an answer of ListMetrics, except those without an instance and those of a whole instance.
  static func gpus(_ body: [UInt8], _ family: Family) throws(CollectionError) -> [GPU] {
    try LiveAnswer.read(body) { document in
      document.elements(of: "Metrics").compactMap { metric in
        var dimensions: [Dimension] = []
        for dimension in metric.elements(of: "Dimensions") {
          guard let name = dimension["Name"]?.text?.string, let value = dimension["Value"]?.text?.string else {
            continue
          }
          dimensions.append(Dimension(name: name, value: value))
        }
        func value(_ names: [String]) -> String? {
          names.lazy.compactMap { name in dimensions.first { $0.name == name && !$0.value.isEmpty }?.value }.first
        }
        let instance = value(["InstanceId", "instance_id"]).flatMap { instanceID(in: $0) }
        guard let instance, let name = value(["UUID", "uuid", "index", "gpu"]),
          let namespace = metric["Namespace"]?.text?.string
        else { return nil }
        return GPU(instance: instance, name: name, family: family, namespace: namespace, dimensions: dimensions)
      }
    }
  }

  var queries: [CloudWatch.Query] {
    gpus.enumerated().flatMap { index, gpu in
      gpu.family.metrics.map { series, metric in
        CloudWatch.Query(
          id: "g\(index)_\(series.rawValue)", namespace: gpu.namespace, metric: metric,
          dimensions: gpu.dimensions.map { ($0.name, $0.value) }, periodSeconds: Self.periodSeconds,
          statistic: series.statistic)
      }
    }
  }

  /// Adds a page of GetMetricData: a page may have only part of a series.
  mutating func add(_ body: [UInt8]) throws(CollectionError) {
    var points = points
    try LiveAnswer.read(body) { document in
      for result in document.elements(of: "MetricDataResults") {
        let id = result["Id"]?.text?.string.dropFirst().split(separator: "_").compactMap { Int($0) } ?? []
        guard id.count == 2, points.indices.contains(id[0]), let series = Series(rawValue: id[1]) else { continue }
        for (time, value) in zip(result.elements(of: "Timestamps"), result.elements(of: "Values")) {
          guard let time = time.number, let value = value.number else { continue }
          points[id[0]][series, default: [:]][Int64(time)] = value
        }
      }
    }
    self.points = points
  }

  /// Minutes with known use.
  var minutes: GPUMinutes {
    var minutes = GPUMinutes()
    for (gpu, series) in zip(gpus, points) {
      for (second, percent) in series[.utilization] ?? [:] where (0...100).contains(percent) {
        func mebibytes(_ kind: Series) -> Int64? {
          series[kind]?[second].flatMap {
            (0...Double(LargestHost.memoryMiB)).contains($0) ? Int64($0.rounded(.up)) : nil
          }
        }
        let used = mebibytes(.used)
        let total = mebibytes(.total) ?? used.flatMap { used in mebibytes(.free).map { used + $0 } }
        minutes.add(
          GPUSample(duty: Int64((percent * 100).rounded()), memoryMiB: used, memoryTotalMiB: total), of: gpu.name,
          on: gpu.instance, at: second * 1000)
      }
    }
    return minutes
  }
}
