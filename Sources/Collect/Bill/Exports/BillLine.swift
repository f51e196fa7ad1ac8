import Domain

extension BillCharge {
  init(lineItemType bytes: UnsafeRawBufferPointer) {
    switch bytes {
    case "Usage": self = .usage
    case "SavingsPlanCoveredUsage": self = .covered
    case "DiscountedUsage": self = .discounted
    case "SavingsPlanNegation": self = .negation
    case "SavingsPlanRecurringFee", "SavingsPlanUpfrontFee", "RIFee", "Fee": self = .fee
    case "Credit": self = .credit
    case "Refund": self = .refund
    case "Tax": self = .tax
    case "EdpDiscount", "PrivateRateDiscount", "SppDiscount", "BundledDiscount", "Discount": self = .discount
    default: self = .other
    }
  }
}

/// A line of a bill, with the fields that batchcost needs. Its bytes are valid until the reader moves on.
struct BillLine {
  var resource: UnsafeRawBufferPointer
  var span: TimeSpan
  /// The usage type without its region prefix; the product for lines that belong to the account.
  var item: UnsafeRawBufferPointer
  var charge: BillCharge
  var kind: BillKind
  var account: UnsafeRawBufferPointer
  var usageMilliseconds: Int64 = 0
  var invoiced: ExactMoney
  var effective: ExactMoney
  /// At public On-Demand prices.
  var publicCost: ExactMoney?
  /// The plan or reservation that covers it; empty if there is none.
  var commitment = UnsafeRawBufferPointer(start: nil, count: 0)

  /// Its quantity is hours of an instance, a task's vCPUs, a training job or a capacity reservation.
  var isOfTime: Bool {
    switch kind {
    case .instance, .capacityReservation, .trainingJob: true
    default: UsageType.isFargateTime(item)
    }
  }
}

/// A row of split cost allocation: one resource of one task, or of one EKS pod, in one hour.
struct BillTask {
  var task: UnsafeRawBufferPointer
  var isPod = false
  var start: Instant
  var instance: UnsafeRawBufferPointer
  var split: ExactMoney
  var unused: ExactMoney
}

/// Usage types, such as `EU-SpotUsage:c5.large`.
enum UsageType {
  /// `SpotUsage:c5.large`: without the prefix of the region or zone (`EU`, `USW2WL1LAS1`), which us-east-1 does not have.
  static func item(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    for index in 0..<min(bytes.count, 16) {
      switch bytes[index] {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): continue
      case UInt8(ascii: "-") where index >= 2 && !bytes.hasPrefix("ECS-") && !bytes.hasPrefix("EBS-"):
        return UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...])
      default: return bytes
      }
    }
    return bytes
  }

  /// The fee of a Capacity Block, paid once for all of its hours.
  static func isBlockFee(_ item: UnsafeRawBufferPointer) -> Bool { item.hasPrefix("CapacityBlockFee") }

  /// Hours of a capacity reservation in which no instance ran: `UnusedBox:c5.large`, `UnusedDed:c5.large`.
  static func isUnusedReservation(_ item: UnsafeRawBufferPointer) -> Bool {
    item.hasPrefix("UnusedBox") || item.hasPrefix("UnusedDed")
  }

  /// What a line is about: its item, or the account for taxes, negations and fees. The fee of a Capacity Block belongs
  /// to its item.
  static func kind(ofItem item: UnsafeRawBufferPointer, _ charge: BillCharge) -> BillKind {
    switch charge {
    case .usage, .covered, .discounted, .credit, .refund, .discount: kind(ofItem: item)
    case .fee: isBlockFee(item) ? kind(ofItem: item) : .account
    case .negation, .tax, .other: .account
    }
  }

  static func kind(ofItem item: UnsafeRawBufferPointer) -> BillKind {
    if item.contains("Fargate-") { return .fargate }
    if item.hasPrefix("BoxUsage") || item.hasPrefix("SpotUsage") || item.hasPrefix("DedicatedUsage")
      || item.hasPrefix("HostBoxUsage")
    {
      return .instance
    }
    if item.hasPrefix("EBSOptimized") { return .ebsOptimized }
    if item.hasPrefix("EBS:") { return .ebs }
    if item.hasPrefix("PublicIPv4:") || item.hasPrefix("ElasticIP:") { return .ipv4 }
    if item.hasPrefix("CPUCredits:") { return .cpuCredits }
    if isBlockFee(item) { return .capacityReservation }
    if isUnusedReservation(item) || item.hasPrefix("Reservation") { return .capacityReservation }
    if item.contains("-Bytes") || item.hasPrefix("DataTransfer") { return .dataTransfer }
    if isTraining(item) { return .trainingJob }
    return .other
  }

  /// vCPU-hours of a Fargate task, on any architecture: they tell how long it ran.
  static func isFargateTime(_ item: UnsafeRawBufferPointer) -> Bool {
    item.contains("Fargate-") && item.contains("vCPU-Hours")
  }

  /// Time of a training job's instances, or of its warm pool: `Train:ml.g5.xlarge`.
  static func isTraining(_ item: UnsafeRawBufferPointer) -> Bool { item.contains("Train") && item.contains(":ml.") }
}
