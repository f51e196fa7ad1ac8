import Domain

/// What a job requests, in few bytes, because millions are kept.
package struct Need: Hashable, Sendable {
  package var milliVCPUs: Int32
  package var memoryMiB: Int32
  package var gpus: Int32

  package init(milliVCPUs: Int32, memoryMiB: Int32, gpus: Int32 = 0) {
    self.milliVCPUs = milliVCPUs
    self.memoryMiB = memoryMiB
    self.gpus = gpus
  }

  init(_ resources: Resources) {
    self.init(
      milliVCPUs: Int32(clamping: resources.milliVCPUs), memoryMiB: Int32(clamping: resources.memoryMiB),
      gpus: Int32(clamping: resources.gpus))
  }

  package var resources: Resources {
    Resources(milliVCPUs: Int64(milliVCPUs), memoryMiB: Int64(memoryMiB), gpus: Int64(gpus))
  }

  /// - Parameter room: what is free, or all that a type has.
  @inline(__always)
  package func fits(_ room: Need) -> Bool {
    milliVCPUs <= room.milliVCPUs && memoryMiB <= room.memoryMiB && gpus <= room.gpus
  }

  static func - (a: Need, b: Need) -> Need {
    Need(milliVCPUs: a.milliVCPUs - b.milliVCPUs, memoryMiB: a.memoryMiB - b.memoryMiB, gpus: a.gpus - b.gpus)
  }

  static func + (a: Need, b: Need) -> Need {
    Need(milliVCPUs: a.milliVCPUs + b.milliVCPUs, memoryMiB: a.memoryMiB + b.memoryMiB, gpus: a.gpus + b.gpus)
  }

  /// For people: `4 vCPUs, 30,720 MiB, 1 GPU`.
  package var words: String {
    let vcpus = milliVCPUs % 1000 == 0 ? "\(milliVCPUs / 1000)" : "\(Double(milliVCPUs) / 1000)"
    let base = "\(vcpus) vCPU\(milliVCPUs == 1000 ? "" : "s"), \(memoryMiB) MiB"
    return gpus == 0 ? base : "\(base), \(gpus) GPU\(gpus == 1 ? "" : "s")"
  }
}
