import Domain

/// A 64-bit hash of rows: FNV-1a over words, mixed at the end. Stable between runs and machines.
package struct RowDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(_ value: Int64) {
    state = (state ^ UInt64(bitPattern: value)) &* 0x100_0000_01B3
    state ^= state >> 29
  }

  /// Nil differs from 0.
  package mutating func add(_ value: Int64?) {
    add(value == nil ? Int64(0) : 1)
    add(value ?? 0)
  }

  /// Adds the length too, so that adjacent texts stay separate; nil differs from the empty text.
  package mutating func add(_ text: String?) {
    guard let text else {
      add(Int64(-1))
      return
    }
    for byte in text.utf8 { add(Int64(byte)) }
    add(Int64(text.utf8.count))
  }

  /// The hash of what was added so far; more may follow.
  package var value: Int64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int64(bitPattern: z ^ (z >> 31))
  }
}

extension ResourceRows {
  /// A digest of everything written for a resource except row numbers.
  static func digest(_ entry: ResourceEntry, _ days: ArraySlice<ResourceDay>) -> Int64 {
    var digest = RowDigest()
    digest.add(entry.accountRegion)
    digest.add(entry.computeEnvironment)
    digest.add(entry.instanceType)
    digest.add(entry.zone)
    digest.add(Int64(entry.option.rawValue))
    digest.add(entry.span.start.milliseconds)
    digest.add(entry.span.end.milliseconds)
    digest.add(entry.startSource)
    digest.add(entry.stopSource)
    digest.add(Int64((entry.isOpen ? 1 : 0) + (entry.interrupted ? 2 : 0) + (entry.isFree ? 4 : 0)))
    digest.add(entry.capacity?.milliVCPUs)
    digest.add(entry.capacity?.memoryMiB)
    digest.add(entry.capacity?.gpus)
    digest.add(Int64(entry.attempts))
    for day in days {
      digest.add(Int64(day.day.number))
      digest.add(day.digest)
    }
    return digest.value
  }
}
