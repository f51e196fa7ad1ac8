import Domain
import Store

/// Work of one week by environment, queue, definition and instance type, added up from its days: the rows of
/// `pool_work_day`.
struct WeekWork {
  struct Key: PackedKey {
    var environment: Int64
    var queue, definition: Int32
    /// Position in `types`.
    var type: Int32

    var word: UInt64 {
      UInt64(bitPattern: environment) &* 0xFF51_AFD7_ED55_8CCD ^ UInt64(UInt32(bitPattern: queue)) << 40
        ^ UInt64(UInt32(bitPattern: definition)) << 16 ^ UInt64(UInt32(bitPattern: type))
    }
  }

  private(set) var types: [String] = []
  private var sums = PackedSums<Key, WorkTable.Sum>()

  init(_ connection: Connection, _ days: ClosedRange<Int64>) throws {
    var numbers: [String: Int32] = [:]
    enum Field: Int32, SelectedColumn {
      case computeEnvironment, instanceType, jobQueue, jobDefinition, cost, attempts, ms, milliVcpuMs, mibMs, gpuMs
    }
    let source = "pool_work_day WHERE day BETWEEN \(days.lowerBound) AND \(days.upperBound)"
    try connection.scan(Field.list, from: source) { row in
      // Rows of a type are mostly adjacent.
      var type = Int32(types.count - 1)
      let isLast = types.last.map { last in row.withBytes(Field.instanceType) { $0.elementsEqual(last.utf8) } } ?? false
      if !isLast {
        let name = row.text(Field.instanceType)
        type = numbers[name] ?? Int32(types.count)
        if numbers[name] == nil {
          numbers[name] = type
          types.append(name)
        }
      }
      let key = Key(
        environment: row.integer(Field.computeEnvironment),
        queue: Int32(truncatingIfNeeded: row.integer(Field.jobQueue)),
        definition: Int32(truncatingIfNeeded: row.integer(Field.jobDefinition)), type: type)
      let time = Resources(
        milliVCPUs: row.integer(Field.milliVcpuMs), memoryMiB: row.integer(Field.mibMs),
        gpus: row.integer(Field.gpuMs))
      sums.update(key, from: WorkTable.Sum()) {
        $0.add(
          WorkTable.Sum(
            cost: row.integer(Field.cost), attempts: row.integer(Field.attempts),
            milliseconds: row.integer(Field.ms), resourceTime: time))
      }
    }
  }

  /// In the order of environments, queues, definitions and types.
  var sorted: [(key: Key, value: WorkTable.Sum)] {
    sums.sorted { a, b in
      let (left, right) = ((a.environment, a.queue, a.definition), (b.environment, b.queue, b.definition))
      return left == right ? types[Int(a.type)] < types[Int(b.type)] : left < right
    }
  }
}
