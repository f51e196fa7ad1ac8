import Domain

/// Cost and Usage Report, version 2.0 and the legacy one.
struct BillCUR: AroundExport {
  let owner: BillOwner
  private let account: Int
  private let product, lineItemType, usageType, resource, capacityReservation: Int
  private let amount, unblended, publicCost: Int
  private let planEffective, reservationEffective, plan, reservation: Int
  private let splitCost, unusedCost, parent, region: Int
  private let tags: Int
  private let tagColumns: [(position: Int, key: String)]

  /// Nil if the columns are not those of a CUR. Throws if a required one is missing.
  init?(_ columns: BillColumns, path: String) throws {
    let isCUR =
      columns.has("line_item_usage_start_date") || columns.has("identity_line_item_id")
      || columns.has("line_item_usage_account_id")
    guard isCUR else { return nil }
    owner = BillOwner(
      format: columns.names.contains { $0.contains("/") } ? "cur" : "cur-2.0",
      payer: columns.position("bill_payer_account_id"), period: columns.position("bill_billing_period_start_date"),
      start: columns.position("line_item_usage_start_date"), end: columns.position("line_item_usage_end_date"),
      currency: columns.position("line_item_currency_code"))
    account = columns.position("line_item_usage_account_id")
    product = columns.position("line_item_product_code")
    lineItemType = columns.position("line_item_line_item_type")
    usageType = columns.position("line_item_usage_type")
    resource = columns.position("line_item_resource_id")
    capacityReservation = columns.position("capacity_reservation_capacity_reservation_arn")
    amount = columns.position("line_item_usage_amount")
    unblended = columns.position("line_item_unblended_cost")
    publicCost = columns.position("pricing_public_on_demand_cost")
    planEffective = columns.position("savings_plan_savings_plan_effective_cost")
    reservationEffective = columns.position("reservation_effective_cost")
    plan = columns.position("savings_plan_savings_plan_a_r_n")
    reservation = columns.position("reservation_reservation_a_r_n")
    splitCost = columns.position("split_line_item_split_cost")
    unusedCost = columns.position("split_line_item_unused_cost")
    parent = columns.position("split_line_item_parent_resource_id")
    region = columns.position("product_region_code", "product_region")
    tags = columns.position("resource_tags", "tags")
    tagColumns = columns.tags
    let needed = [
      ("line_item_product_code", product), ("line_item_line_item_type", lineItemType),
      // Rows of split cost allocation alone need none.
      ("line_item_usage_type", max(usageType, splitCost)),
      ("line_item_usage_start_date", owner.start), ("line_item_usage_end_date", owner.end),
      ("line_item_unblended_cost", unblended),
    ]
    if let missing = needed.first(where: { $0.1 < 0 }) {
      throw CollectionError(path: path, reason: "the export lacks the column \(missing.0)")
    }
    if resource < 0 {
      throw CollectionError(
        path: path,
        reason: "the export lacks the column line_item_resource_id: choose \"include resource IDs\" and export again")
    }
  }

  func read(_ row: CSVReader, into bill: BillWriter) throws {
    let productCode = row[product]
    let product: BillProduct
    switch productCode {
    case "AmazonEC2": product = .ec2
    case "AmazonECS": product = .ecs
    case "AmazonVPC": product = .vpc
    case "AmazonSageMaker" where row[resource].contains(BillWriter.trainingJobMark): product = .sageMaker
    case "ComputeSavingsPlans": product = .savingsPlans
    case "AmazonEKS":
      guard !row[splitCost].isEmpty, bill.isBatchPod(row[resource]) else {
        // The parts of other pods are in nobody's cost: they are parts of instances with their own lines.
        if row[splitCost].isEmpty { bill.note(kubernetes: row[usageType]) }
        return bill.pass(productCode)
      }
      product = .eks
    case _ where AroundKind.isOf(productCode): return try readAround(row, productCode, bill)
    default: return bill.pass(unknownService: productCode, resource: row[resource])
    }
    try owner.select(row, bill)
    let span = try owner.span(row, bill)
    if !row[splitCost].isEmpty, product == .ecs || product == .eks {
      try bill.add(
        BillTask(
          task: row[resource], isPod: product == .eks, start: span.start, instance: row[parent],
          split: try bill.money(row[splitCost]),
          unused: try bill.money(row[unusedCost])), account: row[account]
      ) { bill.tagSet(row, json: tags, columns: tagColumns) }
      // Rows of tasks and pods on EC2 have no cost of their own, because the instance has it. Those on Fargate do.
      if product == .eks { return }
      if try bill.money(row[unblended]) == .zero { return }
    }
    try addLine(row, product, productCode, span, bill)
    if product == .ec2 { try addAround(row, productCode, span, bill) }
  }

  /// What the row is about beside compute; nil for what is no usage, or surrounds no job.
  func around(_ row: CSVReader, _ product: UnsafeRawBufferPointer) -> AroundKind? {
    guard row[lineItemType] == "Usage" else { return nil }
    return AroundKind(product: product, item: UsageType.item(row[usageType]), resource: row[resource])
  }

  func aroundLine(_ row: CSVReader, _ kind: AroundKind, _ span: TimeSpan, _ bill: BillWriter) throws
    -> AroundLine
  {
    let item = UsageType.item(row[usageType])
    return AroundLine(
      kind: kind, resource: row[resource], account: row[account], region: row[region], span: span, item: item,
      cost: try bill.amount(row[unblended], "line_item_unblended_cost"),
      gigabytes: item.contains("-Bytes") ? try bill.money(row[amount]) : .zero)
  }

  private func addLine(
    _ row: CSVReader, _ product: BillProduct, _ code: UnsafeRawBufferPointer, _ span: TimeSpan, _ bill: BillWriter
  ) throws {
    let item = UsageType.item(row[usageType])
    var charge = BillCharge(lineItemType: row[lineItemType])
    if charge == .usage, UsageType.isBlockFee(item) { charge = .fee }
    if charge == .other { bill.note(unknownCharge: row[lineItemType]) }
    let invoiced = try bill.amount(row[unblended], "line_item_unblended_cost")
    let effective =
      switch charge {
      case .covered: try bill.amount(row[planEffective], "savings_plan_savings_plan_effective_cost")
      case .discounted: try bill.amount(row[reservationEffective], "reservation_effective_cost")
      case .fee where UsageType.isBlockFee(item): invoiced
      case .negation, .fee: ExactMoney.zero
      default: invoiced
      }
    var line = BillLine(
      resource: row[resource], span: span, item: item, charge: charge, kind: UsageType.kind(ofItem: item, charge),
      account: row[account], invoiced: invoiced, effective: effective)
    if line.resource.isEmpty, UsageType.isUnusedReservation(item) { line.resource = row[capacityReservation] }
    if charge == .covered { line.commitment = row[plan] }
    if charge == .discounted { line.commitment = row[reservation] }
    if charge.isUsage {
      if line.isOfTime { line.usageMilliseconds = try bill.hours(row[amount]) }
      if !row[publicCost].isEmpty { line.publicCost = try bill.money(row[publicCost]) }
    }
    try bill.add(line, of: product, code: code) {
      Self.bearsMark(row[tags])
        || tagColumns.contains {
          $0.key.contains("batch") && !row[$0.position].isEmpty
            || row[$0.position].contains("AWSBatch")
        }
    }
  }

  /// Tags that Batch sets, or that name something it made.
  private static func bearsMark(_ tags: UnsafeRawBufferPointer) -> Bool {
    tags.contains("aws_batch") || tags.contains("aws:batch") || tags.contains("AWSBatch")
  }
}
