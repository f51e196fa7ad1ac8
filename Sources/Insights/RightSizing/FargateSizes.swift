import Domain

/// The sizes that a Fargate task can have (botocore 1.44.8, batch `ResourceRequirement`): memory depends on vCPUs.
package enum FargateSizes {
  private static let memory: [(milliVCPUs: Int64, mib: [Int64])] = [
    (250, [512, 1024, 2048]),
    (500, stride(from: 1024, through: 4096, by: 1024).map { $0 }),
    (1000, stride(from: 2048, through: 8192, by: 1024).map { $0 }),
    (2000, stride(from: 4096, through: 16384, by: 1024).map { $0 }),
    (4000, stride(from: 8192, through: 30720, by: 1024).map { $0 }),
    (8000, stride(from: 16384, through: 61440, by: 4096).map { $0 }),
    (16000, stride(from: 32768, through: 122880, by: 8192).map { $0 }),
    (32000, [61440, 122880, 249_856]),
  ]

  /// The size with the lowest weight that holds both; nil if none does.
  package static func smallest(holding need: Resources, _ weight: (Resources) -> Int64) -> Resources? {
    memory.filter { $0.milliVCPUs >= need.milliVCPUs }
      .compactMap { size in
        size.mib.first { $0 >= need.memoryMiB }.map { Resources(milliVCPUs: size.milliVCPUs, memoryMiB: $0) }
      }
      .min { weight($0) < weight($1) }
  }
}
