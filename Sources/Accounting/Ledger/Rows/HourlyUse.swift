import Domain
import Store

/// Capacity and its use by clock hour, environment and instance type.
struct HourlyUse {
  /// An hour, counted from 1970-01-01 in UTC, a row of `compute_environment` and the number of a type.
  struct Key: PackedKey {
    var hour: Int64
    var environment: Int64
    var type: Int32

    var word: UInt64 { UInt64(bitPattern: hour << 24 ^ environment << 12 ^ Int64(type)) }
  }

  /// Milliseconds of instances, and their resource-time in milli-vCPU·ms, MiB·ms and GPU·ms.
  struct Sum {
    var instance: Int64 = 0
    var capacity = Resources.zero
    var reserved = Resources.zero

    mutating func add(_ other: Sum) {
      instance += other.instance
      capacity = capacity + other.capacity
      reserved = reserved + other.reserved
    }
  }

  private var sums = PackedSums<Key, Sum>()
  private var local: [Sum] = []
  private var types: [String] = [""]
  private var symbols: [String: Int32] = [:]

  /// A small number for an instance type; 0 for none.
  mutating func symbol(of type: String?) -> Int32 {
    guard let type else { return 0 }
    if let known = symbols[type] { return known }
    let symbol = Int32(types.count)
    types.append(type)
    symbols[type] = symbol
    return symbol
  }

  mutating func add(_ entry: ResourceEntry, type: Int32, _ residences: [Residence], _ extent: LedgerExtent) {
    guard entry.kind == .instance else { return }
    let (start, end) = (entry.span.start.milliseconds, entry.span.end.milliseconds)
    guard end > start else { return }
    let capacity = entry.capacity ?? .zero
    let first = floorDivide(start, millisecondsPerHour)
    let count = Int(floorDivide(end - 1, millisecondsPerHour) - first) + 1
    local.removeAll(keepingCapacity: true)
    local.append(contentsOf: repeatElement(Sum(), count: count))
    each(start, end, first) { index, duration in
      local[index].instance += duration
      local[index].capacity = local[index].capacity + capacity.over(duration)
    }
    for residence in residences {
      let from = max(residence.placed.milliseconds, start)
      let to = min(residence.stopped.milliseconds, end)
      each(from, to, first) { index, duration in
        local[index].reserved = local[index].reserved + residence.reserved.over(duration)
      }
    }
    for (index, sum) in local.enumerated() {
      let day = Day(number: Int32(truncatingIfNeeded: floorDivide(first + Int64(index), 24)))
      if !extent.rollsUp(day) { continue }
      let key = Key(hour: first + Int64(index), environment: entry.computeEnvironment ?? 0, type: type)
      sums.update(key, from: Sum()) { $0.add(sum) }
    }
  }

  func write(_ connection: Connection) throws {
    let rows = try TableWriter<HourlyUseColumn>(connection)
    let ordered = sums.sorted { a, b in
      if (a.hour, a.environment) != (b.hour, b.environment) {
        return (a.hour, a.environment) < (b.hour, b.environment)
      }
      return types[Int(a.type)] < types[Int(b.type)]
    }
    for (key, sum) in ordered {
      rows.put(.hour, key.hour)
      rows.put(.computeEnvironment, key.environment)
      rows.put(.instanceType, types[Int(key.type)])
      rows.put(.instanceMs, sum.instance)
      rows.put(.capacityMilliVcpuMs, sum.capacity.milliVCPUs)
      rows.put(.capacityMibMs, sum.capacity.memoryMiB)
      rows.put(.capacityGpuMs, sum.capacity.gpus)
      rows.put(.reservedMilliVcpuMs, sum.reserved.milliVCPUs)
      rows.put(.reservedMibMs, sum.reserved.memoryMiB)
      rows.put(.reservedGpuMs, sum.reserved.gpus)
      try rows.write()
    }
  }

  private func each(_ from: Int64, _ to: Int64, _ first: Int64, _ body: (Int, Int64) -> Void) {
    var at = from
    while at < to {
      let hour = floorDivide(at, millisecondsPerHour)
      let until = min(to, (hour + 1) * millisecondsPerHour)
      body(Int(hour - first), until - at)
      at = until
    }
  }
}
