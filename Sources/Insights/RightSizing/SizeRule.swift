import Domain

/// How a request becomes the advised one, for all jobs of a group.
struct SizeRule {
  let fit: SizingFit
  let settings: SizingSettings
  /// Whether memory may be raised: it may if that costs less than the kills it avoids.
  let raisesMemory: Bool
  let types: [PackingType]
  private var known: [Key: Resources] = [:]

  private struct Key: Hashable {
    var requested: Resources
    var isFargate: Bool
  }

  init(_ fit: SizingFit, _ settings: SizingSettings, raisesMemory: Bool, types: [PackingType]) {
    self.fit = fit
    self.settings = settings
    self.raisesMemory = raisesMemory
    self.types = types
  }

  /// vCPUs are never raised: on EC2 they are shares of free capacity, and a task that exceeds its own is only slowed
  /// down.
  mutating func size(for requested: Resources, isFargate: Bool, _ weighting: Weighting?) -> Resources {
    let key = Key(requested: requested, isFargate: isFargate)
    if let size = known[key] { return size }
    var need = requested
    need.milliVCPUs = min(requested.milliVCPUs, Self.part(fit.neededVCPUs, of: requested.milliVCPUs))
    need.memoryMiB = max(
      Self.part(fit.neededMemory, of: requested.memoryMiB), min(settings.leastMemoryMiB, requested.memoryMiB))
    if !raisesMemory { need.memoryMiB = min(need.memoryMiB, requested.memoryMiB) }
    let size = isFargate ? fargate(need, requested, weighting) : packed(need, requested)
    known[key] = size
    return size
  }

  /// Batch on EC2 only accepts whole vCPUs.
  private func packed(_ need: Resources, _ requested: Resources) -> Resources {
    var size = need
    size.milliVCPUs = min(requested.milliVCPUs, max(1000, (need.milliVCPUs + 999) / 1000 * 1000))
    let snapped = Packing.snapped(size, to: types)
    if need.memoryMiB <= requested.memoryMiB {
      size.memoryMiB = min(snapped.memoryMiB, requested.memoryMiB)
    } else {
      size = snapped
    }
    return size
  }

  private func fargate(_ need: Resources, _ requested: Resources, _ weighting: Weighting?) -> Resources {
    let weight: (Resources) -> Int64 = { weighting?.weight($0) ?? $0.milliVCPUs * 9 + $0.memoryMiB }
    guard let size = FargateSizes.smallest(holding: need, weight) else { return requested }
    return need.memoryMiB <= requested.memoryMiB && weight(size) >= weight(requested) ? requested : size
  }

  static func part(_ millionths: Int64, of amount: Int64) -> Int64 {
    let product = Int128(millionths) * Int128(amount)
    return Int64(clamping: (product + 999_999) / 1_000_000)
  }
}
