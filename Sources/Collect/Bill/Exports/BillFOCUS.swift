import Domain

/// FOCUS 1.0 to 1.3 as AWS exports it, with or without its `x_` columns, and as converters write it.
struct BillFOCUS: AroundExport {
  let owner: BillOwner
  private let account: Int
  private let service, serviceCode, usageType, operation, resource: Int
  private let category, chargeClass, pricing, commitmentCategory, commitmentType, commitmentStatus, commitment: Int
  private let quantity, unit, pricingQuantity, pricingUnit, meter, billed, effective, list: Int
  private let tags, region: Int
  private var services = FocusServices()

  /// Nil if the columns are not those of FOCUS.
  init?(_ columns: BillColumns, path: String) throws {
    guard columns.has("BilledCost"), columns.has("ChargePeriodStart") else { return nil }
    if columns.has("x_LedgerAccount") {
      throw CollectionError(
        path: path,
        reason: "is what `batchcost export --format focus` wrote: the ledger itself, not a bill to compare it with")
    }
    owner = BillOwner(
      format: "focus", payer: columns.position("BillingAccountId"), period: columns.position("BillingPeriodStart"),
      start: columns.position("ChargePeriodStart"), end: columns.position("ChargePeriodEnd"),
      currency: columns.position("BillingCurrency"))
    account = columns.position("SubAccountId", "BillingAccountId")
    service = columns.position("ServiceName")
    serviceCode = columns.position("x_ServiceCode")
    usageType = columns.position("x_UsageType")
    operation = columns.position("x_Operation")
    resource = columns.position("ResourceId")
    category = columns.position("ChargeCategory")
    chargeClass = columns.position("ChargeClass")
    pricing = columns.position("PricingCategory")
    commitmentCategory = columns.position("CommitmentDiscountCategory")
    commitmentType = columns.position("CommitmentDiscountType")
    commitmentStatus = columns.position("CommitmentDiscountStatus")
    commitment = columns.position("CommitmentDiscountId")
    quantity = columns.position("ConsumedQuantity")
    unit = columns.position("ConsumedUnit")
    pricingQuantity = columns.position("PricingQuantity")
    pricingUnit = columns.position("PricingUnit")
    meter = columns.position("SkuMeter")
    billed = columns.position("BilledCost")
    effective = columns.position("EffectiveCost")
    list = columns.position("ListCost")
    tags = columns.position("Tags")
    region = columns.position("RegionId", "Region")
    if columns.has("ChargeSubcategory") || quantity < 0 && columns.has("UsageQuantity") {
      throw CollectionError(
        path: path, reason: "is FOCUS 1.0-preview, which batchcost does not read: export FOCUS 1.0 or later")
    }
    let needed = [
      ("ChargePeriodEnd", owner.end), ("ServiceName", service), ("ChargeCategory", category),
      ("EffectiveCost", effective),
      ("ResourceId", resource), ("ConsumedQuantity", quantity),
    ]
    if let missing = needed.first(where: { $0.1 < 0 }) {
      throw CollectionError(path: path, reason: "the export lacks the column \(missing.0)")
    }
  }

  mutating func read(_ row: CSVReader, into bill: BillWriter) throws {
    let code = row[serviceCode]
    guard let service = services.find(code.isEmpty ? row[service] : code) else {
      if let product = services.around(code.isEmpty ? row[service] : code) {
        return try readAround(row, literal(product), bill)
      }
      if code.isEmpty { return bill.pass(unknownService: row[service], resource: row[resource]) }
      return bill.pass(code)
    }
    // FOCUS has no columns for a pod's part of its instance, which has rows of its own.
    if service.product == .eks {
      if PodARN.name(row[resource]) != nil {
        if bill.isBatchPod(row[resource]) { bill.notePod() }
      } else {
        bill.note(kubernetes: row[usageType].isEmpty ? row[meter] : row[usageType])
      }
      return bill.pass(literal(service.code))
    }
    if service.product == .sageMaker, !row[resource].contains(BillWriter.trainingJobMark) {
      return bill.pass(literal(service.code))
    }
    try owner.select(row, bill)
    let item = item(row)
    var charge = charge(row)
    if charge == .usage, UsageType.isBlockFee(item) { charge = .fee }
    if charge == .other { bill.note(unknownCharge: row[category]) }
    if charge == .usage, item == "Other", isInstance(row) { bill.note(unmeasured: row[resource], unit: row[unit]) }
    let invoiced = try bill.amount(row[billed], "BilledCost")
    var line = BillLine(
      resource: row[resource], span: try owner.span(row, bill), item: item, charge: charge,
      kind: UsageType.kind(ofItem: item, charge), account: row[account], invoiced: invoiced, effective: invoiced)
    if charge != .fee {
      line.effective = try bill.amount(row[effective], "EffectiveCost")
    } else if !UsageType.isBlockFee(item) {
      line.effective = .zero
    }
    if charge == .covered || charge == .discounted { line.commitment = row[commitment] }
    if charge.isUsage {
      if line.isOfTime { line.usageMilliseconds = try bill.hours(hours(row) ?? row[quantity]) }
      if !row[list].isEmpty { line.publicCost = try bill.money(row[list]) }
    }
    try bill.add(line, of: service.product, code: literal(service.code)) {
      let tags = row[tags]
      return tags.contains("aws:batch") || tags.contains("aws_batch") || tags.contains("AWSBatch")
    }
    if service.product == .ec2 { try addAround(row, literal(service.code), line.span, bill) }
  }

  /// What the row is about beside compute; nil for what is no usage, or surrounds no job.
  func around(_ row: CSVReader, _ product: UnsafeRawBufferPointer) -> AroundKind? {
    guard charge(row) == .usage else { return nil }
    if row[resource].contains(":natgateway/") { return .nat }
    return AroundKind(product: product, item: meteredItem(row), resource: row[resource])
  }

  func aroundLine(_ row: CSVReader, _ kind: AroundKind, _ span: TimeSpan, _ bill: BillWriter) throws
    -> AroundLine
  {
    AroundLine(
      kind: kind, resource: row[resource], account: row[account], region: row[region], span: span,
      item: meteredItem(row), cost: try bill.amount(row[effective], "EffectiveCost"),
      gigabytes: row[unit] == "GB" ? try bill.money(row[quantity]) : .zero)
  }

  /// The usage type as the export has it: empty where it has none.
  private func meteredItem(_ row: CSVReader) -> UnsafeRawBufferPointer {
    UsageType.item(row[usageType].isEmpty ? row[meter] : row[usageType])
  }

  private func charge(_ row: CSVReader) -> BillCharge {
    switch row[category] {
    case "Usage":
      if row[chargeClass] == "Correction" { return .refund }
      if row[commitmentStatus] == "Unused" { return .fee }
      guard row[pricing] == "Committed" else { return .usage }
      return row[commitmentCategory] == "Spend" || row[commitmentType].contains("Savings") ? .covered : .discounted
    case "Purchase": return .fee
    case "Tax": return .tax
    case "Credit": return .credit
    case "Adjustment": return .discount
    default: return .other
    }
  }

  /// The usage type, or its replacement if the export has none: from FOCUS 1.2 on AWS writes it as the meter.
  private func item(_ row: CSVReader) -> UnsafeRawBufferPointer {
    if !row[usageType].isEmpty { return UsageType.item(row[usageType]) }
    let metered = UsageType.item(row[meter])
    if UsageType.kind(ofItem: metered) != .other { return metered }
    let resource = row[resource].afterLast(UInt8(ascii: "/"))
    if resource.hasPrefix("vol-") { return literal("EBS:VolumeUsage") }
    if resource.hasPrefix("eni-") { return literal("PublicIPv4:InUseAddress") }
    if row[self.resource].contains(BillWriter.trainingJobMark) { return literal("Train:ml.") }
    if row[operation].hasPrefix("FargateTask") { return literal("Fargate-Hours") }
    guard isInstance(row), hours(row) != nil else { return literal("Other") }
    return row[pricing] == "Dynamic" ? literal("SpotUsage") : literal("BoxUsage")
  }
}

extension BillFOCUS {
  /// Whether a row without a usage type may be for an instance's time.
  private func isInstance(_ row: CSVReader) -> Bool {
    row[resource].afterLast(UInt8(ascii: "/")).hasPrefix("i-")
      && (operation < 0 || row[operation].isEmpty || row[operation].hasPrefix("RunInstances"))
  }

  /// The consumed quantity in hours, or the priced one; nil if neither is in hours.
  private func hours(_ row: CSVReader) -> UnsafeRawBufferPointer? {
    for (quantity, unit) in [(quantity, unit), (pricingQuantity, pricingUnit)]
    where !row[quantity].isEmpty && Self.isHours(row[unit]) {
      return row[quantity]
    }
    return nil
  }

  /// `Hours`, `Hrs`, `Compute Hours`; not `GB-Hours` or `vCPU-Hours`.
  private static func isHours(_ unit: UnsafeRawBufferPointer) -> Bool {
    if unit == "Hours" || unit == "Hrs" { return true }
    let words = unit.split(whereSeparator: { !(97...122).contains($0 | 0x20) }).map { $0.map { $0 | 0x20 } }
    let hours = ["h", "hr", "hrs", "hour", "hours"].map { Array($0.utf8) }
    let beside = ["compute", "instance", "instances"].map { Array($0.utf8) }
    return words.contains(where: hours.contains) && words.allSatisfy { hours.contains($0) || beside.contains($0) }
  }
}

/// Bytes that exist as long as the program.
private func literal(_ text: StaticString) -> UnsafeRawBufferPointer {
  UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
}
