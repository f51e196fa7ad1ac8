import Accounting
import Domain
import Store

/// What an attempt's GPUs did on a day, and what the idle ones cost. Times are in GPU·ms, money in nanodollars.
struct GPUUse: Equatable, Sendable {
  var gpus: Int64
  /// GPU·ms while it ran.
  var held: Int64
  var measured: Int64 = 0
  var busy: Int64 = 0
  var idle: Int64 = 0
  var isToldApart = true
  /// The most GPUs at work in one minute.
  var working: Int64 = 0
  var memoryMiB: Int64?
  var memoryTotalMiB: Int64?
  /// The GPUs' share of the attempt's cost; nil: unpriced.
  var cost: Int64?

  /// An idle GPU costs as much as one at work. Rounded down.
  var idleCost: Int64? { held > 0 ? cost.map { Int64(Int128($0) * Int128(min(idle, held)) / Int128(held)) } : nil }

  mutating func add(_ minute: GPUHost.Minute) {
    measured += minute.measured
    busy += minute.busy
    idle += minute.idle
    if !minute.isToldApart { isToldApart = false }
    working = max(working, minute.working)
    memoryMiB = [memoryMiB, minute.memoryMiB].compactMap(\.self).max()
    memoryTotalMiB = [memoryTotalMiB, minute.memoryTotalMiB].compactMap(\.self).max()
  }
}

private enum GPUUseColumn: Int32, TableColumns {
  case attempt, day, jobQueue, jobStep, gpus, heldMs, measuredMs, busyMs, idleMs, toldApart, workingGpus, memoryMib
  case memoryTotalMib, cost, idleCost
  static let table = "gpu_use_day"
}

extension Insight {
  static let gpuUse = Insight("use of GPUs", tables: ["gpu_use_day"], by: .attempt) { view, connection in
    var reader = try GPUUseReader(connection, view.scope)
    let rows = try TableWriter<GPUUseColumn>(connection)
    let queue = try connection.prepare(
      "SELECT job_queue FROM attempt WHERE id = ? AND \(view.scope.isTold(AttemptID.job(of: "attempt.id")))")
    while let host = try reader.next() {
      for (key, use) in host {
        queue.bind(key.attempt)
        guard let number = try queue.first(Int64.self) else { continue }
        rows.put(.attempt, key.attempt)
        rows.put(.day, key.day)
        rows.put(.jobQueue, number)
        rows.put(.jobStep, view.jobs.identities[AttemptID.job(of: key.attempt)].step)
        rows.put(.gpus, use.gpus)
        rows.put(.heldMs, use.held)
        rows.put(.measuredMs, use.measured)
        rows.put(.busyMs, use.busy)
        rows.put(.idleMs, use.idle)
        rows.put(.toldApart, use.isToldApart)
        rows.put(.workingGpus, use.isToldApart ? use.working : nil)
        rows.put(.memoryMib, use.memoryMiB)
        rows.put(.memoryTotalMib, use.memoryTotalMiB)
        rows.put(.cost, use.cost)
        rows.put(.idleCost, use.idleCost)
        try rows.write()
      }
    }
  }
}
