import Accounting
import Domain

extension EnvironmentAdvice {
  /// Jobs that just miss fitting once more on their instances, because of the memory that the operating system and the
  /// agent use: 8,192 MiB never fit on an instance with 8 GiB. Needs no measured usage.
  ///
  /// Saving: the instance time of one of `n` jobs − that of one of `n + 1`, at the cost of their type, if reducing
  /// memory by at most 7 % makes the room; never more than the cost of those instances' free capacity.
  static let packingRule: Rule = { environment, prices in
    var tight: [(work: Work, memory: Int64, saving: Int64)] = []
    for work in environment.jobWork {
      guard let shape = prices.shapes[work.instanceType], let found = oneMore(work, shape) else { continue }
      tight.append((work, found.memory, found.saving))
    }
    let types = Set(tight.map(\.work.instanceType))
    let free = environment.uses.filter { types.contains($0.type) }.reduce(0) { $0 + ($1.unused[.packing] ?? 0) }
    let byDefinition = Dictionary(grouping: tight, by: \.work.definition)
    return byDefinition.compactMap { definition, parts -> Change? in
      guard let first = parts.max(by: { $0.saving < $1.saving }) else { return nil }
      let saving = min(free, parts.reduce(0) { $0 + $1.saving })
      return environment.change(.packing, saving: saving, .fair) {
        $0.jobDefinition = definition
        $0.instanceTypes = [first.work.instanceType]
        $0.requestedMiB = first.work.averageSize.memoryMiB
        $0.advisedMiB = first.memory
        $0.hostMiB = prices.shapes[first.work.instanceType]?.registeredMiB
      }
    }.sorted { ($0.saving, $0.facts.jobDefinition ?? "") > ($1.saving, $1.facts.jobDefinition ?? "") }
  }

  /// The memory with which one more job fits, and what that saves; nil if that would leave less than 93 %.
  private static func oneMore(_ work: Work, _ shape: PriceTable.Shape) -> (memory: Int64, saving: Int64)? {
    let size = work.averageSize
    guard size.milliVCPUs > 0, size.memoryMiB > 0, size.gpus == 0, shape.capacity.gpus == 0 else { return nil }
    let now = min(shape.capacity.milliVCPUs / size.milliVCPUs, shape.registeredMiB / size.memoryMiB)
    guard now > 0, shape.capacity.milliVCPUs / size.milliVCPUs > now else { return nil }
    let memory = shape.registeredMiB / (now + 1)
    guard memory < size.memoryMiB, memory * 100 >= size.memoryMiB * 93 else { return nil }
    let weights = WeightScheme.splitCost.weights(for: shape.capacity)
    let whole = Int128(work.cost) * Int128(weights.weight(of: shape.capacity)) / Int128(weights.weight(of: size))
    return (memory, Int64(whole / Int128(now) / Int128(now + 1)))
  }
}
