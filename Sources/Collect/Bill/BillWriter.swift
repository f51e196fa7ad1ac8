import Domain
import Store

/// The product of a line, for products that may contain Batch's cost.
enum BillProduct { case ec2, ecs, eks, vpc, sageMaker, savingsPlans }

/// A row of a bill that cannot be used, or an unusable bill.
struct BillFault: Error {
  var message: String
  /// Affects the whole bill, not only one row.
  var isFatal = false
}

/// Receives the rows of bills and writes those for Batch.
///
/// A class because the readers of rows share it while they run.
final class BillWriter {
  private(set) var summary = BillSummary()
  /// Unknown line item types (FOCUS: charge categories).
  private(set) var unknownCharges: Set<String> = []
  /// Unknown FOCUS services, with the number of their rows about Batch's instances and tasks.
  private(set) var unknownServices: [String: Int] = [:]
  /// Rows of EKS about control planes, Fargate pods and the like, by usage type.
  private(set) var kubernetes: [String: Int] = [:]
  /// Rows of FOCUS about the shares of Batch's pods in their instances.
  private(set) var podRows = 0
  /// Rows about Batch's instances whose quantity is not in hours, by unit.
  private(set) var unmeasured: [String: Int] = [:]
  /// Some of the products and services of skipped rows.
  private(set) var passed: Set<String> = []
  /// Rows of products that may contain Batch's cost, whether or not they could be read.
  private(set) var selected = 0
  /// Unreadable rows around jobs, by product: their number, and the error in the first.
  private(set) var unreadAround: [String: (rows: Int, first: String)] = [:]
  private let connection: Connection
  private let known: KnownResources
  private var statements: BillStatements
  private var tagSets: BillTagSets
  private(set) var bills: [BillSheet] = []
  private var current = -1
  private var currentKey: (payer: [UInt8], period: [UInt8]) = ([], [])
  private var lastPassed: [UInt8] = []
  private var clock = BillClock()

  init(_ connection: Connection) throws {
    self.connection = connection
    known = try KnownResources(connection)
    statements = try BillStatements(connection)
    tagSets = try BillTagSets(connection)
  }

  /// Part of a training job's ARN: of SageMaker's rows, only those of training jobs can be Batch's.
  static let trainingJobMark: StaticString = ":training-job/"

  // MARK: Rows

  /// Begins another file, perhaps in another format.
  func beginFile() { current = -1 }

  func note(unknownCharge name: UnsafeRawBufferPointer) { unknownCharges.insert(name.string) }

  /// Counts a row of an instance whose quantity is not in hours; it is reported if it is Batch's.
  func note(unmeasured resource: UnsafeRawBufferPointer, unit: UnsafeRawBufferPointer) {
    guard known.contains(resource.afterLast(UInt8(ascii: "/"))) else { return }
    unmeasured[unit.string, default: 0] += 1
  }

  /// Counts a row of a product or a service that Batch does not use.
  @inline(__always) func pass(_ product: UnsafeRawBufferPointer) {
    summary.rows += 1
    if lastPassed.elementsEqual(product) { return }
    lastPassed = Array(product)
    if passed.count < 6 { passed.insert(product.string) }
  }

  /// Counts a row of EKS that is not about a pod on EC2: if Batch runs on EKS, what clusters cost in addition to
  /// instances is reported.
  func note(kubernetes usageType: UnsafeRawBufferPointer) {
    guard known.hasPods else { return }
    kubernetes[UsageType.item(usageType).string, default: 0] += 1
  }

  /// Counts a row of FOCUS about a pod's share in an instance, which has rows of its own.
  func notePod() { podRows += 1 }

  func isBatchPod(_ arn: UnsafeRawBufferPointer) -> Bool { PodARN.name(arn)?.hasPrefix("aws-batch.") == true }

  /// Counts a row of an unknown service; it is reported if it is about an instance or a task of Batch.
  func pass(unknownService name: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer) {
    pass(name)
    guard known.isBatchTask(resource) || known.contains(resource.afterLast(UInt8(ascii: "/"))) else { return }
    unknownServices[name.string, default: 0] += 1
  }

  /// Finds the row's bill, and starts it if it is new.
  ///
  /// - Parameter surrounds: the row's product cannot contain a job's own cost.
  func select(
    payer: UnsafeRawBufferPointer, period: UnsafeRawBufferPointer, start: UnsafeRawBufferPointer,
    currency: UnsafeRawBufferPointer, format: String, surrounds: Bool = false
  ) throws {
    let money = try BillCurrency.read(currency)
    summary.rows += 1
    if !surrounds { selected += 1 }
    let text = period.isEmpty ? start : period
    if current >= 0, currentKey.period.elementsEqual(text), currentKey.payer.elementsEqual(payer),
      bills[current].currency == money
    {
      if !surrounds { bills[current].rows += 1 }
      return
    }
    let (name, month) = (payer.string, try BillTime.month(text, isPeriod: !period.isEmpty))
    try BillSheet.refuseNumber(payer)
    if let index = bills.firstIndex(where: { $0.payer == name && $0.period == month }) {
      current = index
      if bills[index].currency != money {
        throw BillFault(
          message: "is in \(money.rawValue), and rows before it are in \(bills[index].currency.rawValue)", isFatal: true
        )
      }
      if bills[index].format != format {
        throw BillFault(
          message: "the bill of \(month) is given twice, as \(bills[index].format) and as \(format): name one of them",
          isFatal: true)
      }
    } else {
      bills.append(try BillSheet(connection, payer: name, period: month, format: format, currency: money))
      current = bills.count - 1
    }
    currentKey = (Array(payer), Array(text))
    if !surrounds { bills[current].rows += 1 }
  }

  func add(_ line: BillLine, of product: BillProduct, code: UnsafeRawBufferPointer, bearsMark: () -> Bool) throws {
    var line = line
    if line.charge.isUsage, line.kind == .instance || line.kind == .fargate {
      try bills[current].cover(line.account, line.span)
    }
    // Without an id, the fee is for all blocks of its type.
    if line.kind == .capacityReservation, line.charge == .fee, line.resource.isEmpty { line.resource = line.item }
    if line.kind == .account || line.resource.isEmpty {
      line.resource = UnsafeRawBufferPointer(start: nil, count: 0)
      if line.kind == .instance { line.kind = .account }
      if line.kind == .account { line.item = code }
      bills[current].kept += 1
      return try statements.write(line, bill: bills[current].id)
    }
    if product == .sageMaker {
      let name = line.resource.afterLast(UInt8(ascii: "/"))
      guard known.contains(name) || name.hasPrefix("AWSBatch") || bearsMark() else { return }
      line.resource = name
      if line.charge.isUsage { try bills[current].cover(line.account, line.span) }
      bills[current].kept += 1
      return try statements.write(line, bill: bills[current].id)
    }
    // `arn:aws:ec2:…:network-interface/eni-…`, `arn:aws-cn:ec2:…:instance/i-…`: resources of EC2 are known by their ids.
    if line.resource.hasPrefix("arn:"), line.resource.contains(":ec2:") {
      line.resource = line.resource.afterLast(UInt8(ascii: "/"))
    }
    if line.kind == .capacityReservation, line.charge == .fee {
      line.resource = line.resource.afterLast(UInt8(ascii: "/"))
      bills[current].coverBlock(line.account, line.span)
      bills[current].kept += 1
      return try statements.write(line, bill: bills[current].id)
    }
    if line.kind == .fargate || line.resource.hasPrefix("arn:") {
      let concerns = known.isBatchTask(line.resource) || bearsMark()
      line.resource = line.resource.afterLast(UInt8(ascii: "/"))
      guard concerns else { return bills[current].addOther(line) }
    } else if !known.contains(line.resource), !bearsMark() {
      return bills[current].addOther(line)
    }
    bills[current].kept += 1
    try statements.write(line, bill: bills[current].id)
  }

  /// Adds a line around jobs, in accounts in which Batch runs. A line that cannot be read is reported, and does not
  /// refuse the bill.
  func addAround(_ product: UnsafeRawBufferPointer, _ read: () throws -> AroundLine) throws {
    let line: AroundLine
    do {
      line = try read()
    } catch let fault as BillFault where !fault.isFatal {
      unreadAround[product.string, default: (0, fault.message)].rows += 1
      return
    }
    guard known.hasAccount(line.account), line.cost != .zero || line.gigabytes != .zero else { return }
    var name = line.name
    if line.kind.isTransfer, !known.contains(name), !name.hasPrefix("nat-") {
      name = UnsafeRawBufferPointer(start: nil, count: 0)
    }
    try line.eachDay { day, cost, gigabytes in
      try statements.write(line, of: name, on: day, cost, gigabytes, bill: bills[current].id)
    }
  }

  /// - Parameter tagSet: finds the row's tags; called only for rows that are kept.
  func add(_ task: BillTask, account: UnsafeRawBufferPointer, tagSet: () -> BillTags?) throws {
    let tags = tagSet()
    guard task.isPod || known.isBatchTask(task.task) || tags?.bearsMark == true else { return }
    try bills[current].cover(
      account, TimeSpan(task.start, Instant(milliseconds: task.start.milliseconds + millisecondsPerHour)))
    bills[current].kept += 1
    var task = task
    task.task = task.isPod ? PodARN.name(task.task) ?? task.task : task.task.afterLast(UInt8(ascii: "/"))
    try statements.write(task, tagSet: tags?.id, bill: bills[current].id)
    summary.taskRows += 1
  }

  // MARK: Values

  func span(_ start: UnsafeRawBufferPointer, _ end: UnsafeRawBufferPointer) throws -> TimeSpan {
    guard let first = clock.start(start), let last = clock.end(end), last > first,
      Plausible.times.contains(first.milliseconds),
      last.milliseconds - first.milliseconds < 400 * millisecondsPerDay
    else {
      throw BillFault(message: BillTime.fault(start, end))
    }
    return TimeSpan(first, last)
  }

  /// An amount that a line needs for its cost: an empty field is missing, not zero.
  func amount(_ bytes: UnsafeRawBufferPointer, _ column: String) throws -> ExactMoney {
    if bytes.isEmpty { throw BillFault(message: "has no \(column): what it cost is unknown") }
    return try money(bytes)
  }

  /// Zero if the field is empty.
  func money(_ bytes: UnsafeRawBufferPointer) throws -> ExactMoney {
    if bytes.isEmpty { return .zero }
    if let money = ExactMoney(decimal: bytes) { return money }
    let hint = bytes.contains(UInt8(ascii: ",")) ? ": amounts have a decimal point, as AWS writes them" : ""
    throw BillFault(message: "\"\(bytes.string)\" is not an amount\(hint)")
  }

  /// Hours as milliseconds.
  func hours(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    let hours = try money(bytes).attodollars
    return Int64(clamping: dividedHalfToEven(hours * 36, by: 10_000_000_000_000))
  }

  func tagSet(_ row: CSVReader, json: Int, columns: [(position: Int, key: String)]) -> BillTags? {
    tagSets.find(row, json: json, columns: columns)
  }

  /// - Parameters:
  ///   - files: the number of files per bill is unknown, so all files of the run are counted for each.
  ///   - mayBeOlder: see `BillSheet.finish`.
  func finish(files: Int, mayBeOlder: Bool) throws {
    for index in bills.indices {
      try bills[index].finish(connection, &statements, files: files, mayBeOlder: mayBeOlder)
    }
    summary.bills = bills.map {
      BillSummary.Bill(
        payer: $0.payer, period: $0.period, format: $0.format, rows: $0.rows, kept: $0.kept, isNew: $0.version == 1)
    }
  }
}

/// Times of rows. Rows of one hour are adjacent, so most need no parsing.
private struct BillClock {
  private var starts = Memory()
  private var ends = Memory()

  private struct Memory {
    var bytes: [UInt8] = []
    var instant: Instant?
  }

  mutating func start(_ bytes: UnsafeRawBufferPointer) -> Instant? { Self.read(bytes, &starts) }
  mutating func end(_ bytes: UnsafeRawBufferPointer) -> Instant? { Self.read(bytes, &ends) }

  private static func read(_ bytes: UnsafeRawBufferPointer, _ memory: inout Memory) -> Instant? {
    if memory.bytes.count == bytes.count, memory.bytes.elementsEqual(bytes) { return memory.instant }
    memory.bytes = Array(bytes)
    memory.instant = Instant(iso8601: memory.bytes[...])
    return memory.instant
  }
}
