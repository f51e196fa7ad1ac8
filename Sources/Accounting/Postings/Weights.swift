import Domain

/// The relative value of a unit of each resource (method page, §3).
///
/// All are integers: a vCPU counts in thousandths and memory in MiB, so a vCPU : GB ratio of 9 : 1 is 9 × 1024 per
/// milli-vCPU and 1 × 1000 per MiB.
package struct Weights: Hashable, Sendable {
  /// Of a thousandth of a vCPU.
  package var milliVCPU: Int64
  /// Of a MiB.
  package var mib: Int64
  /// Of a whole GPU.
  package var gpu: Int64

  package init(milliVCPU: Int64, mib: Int64, gpu: Int64) {
    self.milliVCPU = milliVCPU
    self.mib = mib
    self.gpu = gpu
  }

  /// The ratio of a vCPU to a GB to a GPU.
  package init(vcpu: Int64, gb: Int64, gpu: Int64) {
    self.init(milliVCPU: vcpu * 1024, mib: gb * 1000, gpu: gpu * 1_024_000)
  }

  /// Halved until the weight of a capacity times a day fits in 63 bits: this rounds only ratios beyond what any
  /// instance needs.
  fileprivate func fitting(_ capacity: Resources) -> Weights {
    var fitted = self
    while fitted.weight(of: capacity) > 1 << 36 {
      func half(_ weight: Int64) -> Int64 { weight == 0 ? 0 : max(1, weight / 2) }
      fitted = Weights(milliVCPU: half(fitted.milliVCPU), mib: half(fitted.mib), gpu: half(fitted.gpu))
    }
    return fitted
  }

  /// The capacity in units of weight.
  package func weight(of resources: Resources) -> Int64 {
    milliVCPU * resources.milliVCPUs + mib * resources.memoryMiB + gpu * resources.gpus
  }
}

/// How weights are chosen for an instance.
package enum WeightScheme: Hashable, Sendable {
  /// AWS split cost allocation: 9 : 1 for vCPU : GB; on instances with GPUs, 9 for a GPU, 0.9 and 0.1 for the rest.
  case splitCost
  /// One ratio of vCPU : GB : GPU for every instance.
  case ratio(vcpu: Int64, gb: Int64, gpu: Int64)
  case cpuOnly
  case memoryOnly
  /// The largest of an attempt's shares of vCPU, memory and GPUs: the rule of Seqera and Slurm.
  case maxShare
  /// On instances with GPUs, by GPUs only: an attempt without one bears nothing. Elsewhere split cost.
  case gpuOnly
  /// OpenCost's default prices of a vCPU, a GB and a GPU: $0.031611, $0.004237 and $0.95 per hour (configs/aws.json).
  case openCost

  /// For an instance with this capacity.
  ///
  /// - Returns: small enough that a day of the capacity, in units of weight, fits in 63 bits.
  package func weights(for capacity: Resources) -> Weights {
    switch self {
    case .splitCost:
      (capacity.gpus > 0 ? Weights(vcpu: 9, gb: 1, gpu: 90) : Weights(vcpu: 9, gb: 1, gpu: 0)).fitting(capacity)
    case .ratio(let vcpu, let gb, let gpu): Weights(vcpu: vcpu, gb: gb, gpu: gpu).fitting(capacity)
    case .cpuOnly: Weights(vcpu: 1, gb: 0, gpu: 0).fitting(capacity)
    case .memoryOnly: Weights(vcpu: 0, gb: 1, gpu: 0).fitting(capacity)
    case .maxShare: Weights(milliVCPU: 1, mib: 0, gpu: 0)
    case .gpuOnly:
      capacity.gpus > 0 ? Weights(milliVCPU: 0, mib: 0, gpu: 1) : Self.splitCost.weights(for: capacity)
    case .openCost: Weights(vcpu: 31_611, gb: 4_237, gpu: 950_000).fitting(capacity)
    }
  }

  /// The schemes with a name.
  package static let named: [WeightScheme] = [.splitCost, .cpuOnly, .memoryOnly, .maxShare, .gpuOnly, .openCost]

  /// `9:1:95`, or a name.
  package init?(_ text: String) {
    if let named = Self.named.first(where: { $0.name == text }) {
      self = named
    } else {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
      guard (2...3).contains(parts.count), let vcpu = parts[0], let gb = parts[1],
        let gpu = parts.count == 3 ? parts[2] : 0,
        [vcpu, gb, gpu].allSatisfy({ (0...100_000).contains($0) }), vcpu + gb + gpu > 0
      else { return nil }
      self = .ratio(vcpu: vcpu, gb: gb, gpu: gpu)
    }
  }

  /// What counts how much on an instance with this capacity, for people who compute a share again.
  package func words(for capacity: Resources) -> String {
    switch self {
    case .splitCost: capacity.gpus > 0 ? "9 a vCPU, 1 a GiB, 90 a GPU" : "9 a vCPU, 1 a GiB"
    case .ratio(let vcpu, let gb, let gpu): "\(vcpu) a vCPU, \(gb) a GiB, \(gpu) a GPU"
    case .cpuOnly: "vCPUs alone"
    case .memoryOnly: "memory alone"
    case .maxShare: "the largest of the shares of vCPU, memory and GPUs"
    case .gpuOnly: capacity.gpus > 0 ? "GPUs alone" : Self.splitCost.words(for: capacity)
    case .openCost: "0.031611 a vCPU, 0.004237 a GiB, 0.95 a GPU"
    }
  }

  /// As users write it; `init(_:)` reads it.
  package var name: String {
    switch self {
    case .splitCost: "split-cost"
    case .ratio(let vcpu, let gb, let gpu): "\(vcpu):\(gb):\(gpu)"
    case .cpuOnly: "cpu-only"
    case .memoryOnly: "memory-only"
    case .maxShare: "max-share"
    case .gpuOnly: "gpu-only"
    case .openCost: "opencost"
    }
  }
}
