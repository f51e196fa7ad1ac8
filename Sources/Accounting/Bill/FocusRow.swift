import Base
import Domain
import Store

/// The versions of FOCUS that can be written.
package enum FocusVersion: String, CaseIterable, Sendable {
  /// https://focus.finops.org/focus-specification/v1-2/
  case v12 = "1.2"
  /// Adds what each row was allocated to, and how: https://focus.finops.org/focus-specification/v1-3/.
  case v13 = "1.3"
}

/// One posting as a row of FOCUS.
///
/// A posting is a share of its resource's charge, and has no unit price of its own. Its pricing quantity is one
/// allocation at its cost, so that unit price × quantity is exactly the cost, as FOCUS requires. ConsumedQuantity is
/// what was reserved. EffectiveCost is the posting's cost: the rows of a charge add up to it.
struct FocusRow {
  /// Columns in the order of the file: FOCUS's own by name, then ours, which begin with `x_`. FOCUS's conditional
  /// columns for capacity reservations are left out, because the ledger has no data for them.
  static func columns(_ version: FocusVersion) -> [String] {
    let added =
      switch version {
      case .v12: [String]()
      case .v13:
        [
          "AllocatedMethodDetails", "AllocatedMethodId", "AllocatedResourceId", "AllocatedResourceName",
          "AllocatedTags",
          "HostProviderName", "ServiceProviderName",
        ]
      }
    return (focus + added).sorted() + own
  }

  private static let focus = [
    "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency",
    "BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory",
    "ChargeClass", "ChargeDescription", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart",
    "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountQuantity",
    "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit",
    "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost",
    "ListUnitPrice", "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
    "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity", "PricingUnit", "ProviderName",
    "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType", "ServiceCategory",
    "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId",
    "SubAccountName", "SubAccountType", "Tags",
  ]

  private static let own = [
    "x_JobId", "x_JobName", "x_Attempt", "x_JobQueue", "x_JobDefinition",
    "x_ComputeEnvironment", "x_LedgerAccount", "x_UnusedKind", "x_PurchaseOption", "x_PriceSource",
  ]

  let columns: [String]
  private let version: FocusVersion
  private let row: Statement
  private let positions: [String: Int32]
  /// The method of allocation, as in `AllocatedMethodId`: `batchcost/split-cost`.
  private let method: String

  init(_ statement: Statement, version: FocusVersion, scheme: String) {
    row = statement
    self.version = version
    columns = Self.columns(version)
    method = "batchcost/\(scheme)"
    positions = Dictionary(
      statement.columnNames.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  private func text(_ name: String) -> String? { positions[name].flatMap { row.optionalText($0) } }
  private func integer(_ name: String) -> Int64? { positions[name].flatMap { row.optionalInteger($0) } }

  var cost: Money { Money(nanodollars: integer("effective_cost_nanodollars") ?? 0) }

  /// The fields of the current row, in the order of `columns`; nil is FOCUS's null.
  func fields(isSafe: Bool) -> [String?] {
    let values = values()
    return columns.map { name in
      let value = values[name] ?? nil
      return isSafe && name.hasPrefix("x_") ? value?.withoutFormula : value
    }
  }

  private func values() -> [String: String?] {
    let day = Day(number: Int32(integer("day_number") ?? 0))
    let (year, month, _) = day.civil
    let first = Day(year: year, month: month, day: 1)
    let option = text("purchase_option") ?? ""
    let isCommitted = option == "savings-plan" || option == "reserved"
    let listed = integer("list_cost_nanodollars").map(Money.init(nanodollars:)) ?? cost
    // Usage that a plan covers is invoiced with the plan.
    let contracted = isCommitted ? listed : cost
    let currency = Currency(ofRegion: text("region") ?? "").rawValue
    let kind = ResourceKind(text("resource_kind") ?? "", instanceType: text("instance_type"))
    let sku = kind.sku(option)
    var values: [String: String?] = [
      "AvailabilityZone": text("zone"), "BilledCost": isCommitted ? "0" : cost.description,
      "BillingAccountId": text("billing_account"),
      "BillingAccountName": text("billing_account"), "BillingAccountType": "Account", "BillingCurrency": currency,
      "BillingPeriodStart": time(first), "BillingPeriodEnd": time(Self.nextMonth(year, month)),
      "ChargeCategory": "Usage", "ChargeDescription": description(kind), "ChargeFrequency": "Usage-Based",
      "ChargePeriodStart": time(day), "ChargePeriodEnd": time(day + 1), "ContractedCost": contracted.description,
      "ContractedUnitPrice": contracted.description, "EffectiveCost": cost.description,
      "InvoiceIssuerName": "AWS", "ListCost": listed.description,
      "ListUnitPrice": listed.description,
      "PricingCategory": isCommitted ? "Committed" : option.hasSuffix("spot") ? "Dynamic" : "Standard",
      "PricingCurrency": currency, "PricingCurrencyContractedUnitPrice": contracted.description,
      "PricingCurrencyEffectiveCost": cost.description, "PricingCurrencyListUnitPrice": listed.description,
      "PricingQuantity": "1", "PricingUnit": "Allocations", "ProviderName": "AWS",
      "PublisherName": "AWS", "RegionId": text("region"), "RegionName": text("region"),
      "ResourceId": text("resource"), "ResourceName": text("resource"), "ResourceType": kind.type,
      "ServiceCategory": kind.category, "ServiceName": kind.service, "ServiceSubcategory": kind.subcategory,
      "SkuId": sku, "SkuMeter": kind.meter, "SkuPriceDetails": kind.details, "SkuPriceId": "\(sku)/\(option)",
      "SubAccountId": text("account"), "SubAccountName": text("account"), "SubAccountType": "Account",
      "Tags": text("tags"), "x_JobId": text("job_id"), "x_JobName": text("job_name"), "x_Attempt": text("attempt"),
      "x_JobQueue": text("job_queue"), "x_JobDefinition": definition,
      "x_ComputeEnvironment": text("compute_environment"),
      "x_LedgerAccount": text("ledger_account"), "x_UnusedKind": unusedKind, "x_PurchaseOption": option,
      "x_PriceSource": text("price_source"),
    ]
    // vCPU-hours, to 10⁻⁹.
    let consumed = dividedHalfToEven(Int128(integer("vcpu_ms") ?? 0) * 1_000_000, by: Int128(millisecondsPerHour))
    values["ConsumedQuantity"] = decimalString(Int64(clamping: consumed), places: 9)
    values["ConsumedUnit"] = "vCPU-Hours"
    if version == .v13 {
      // The charge of a resource and day, separate from what it was allocated to.
      values["ChargeDescription"] = text("instance_type").map { "\($0) \(kind.type)" } ?? kind.type
      values["Tags"] = .some(nil)
      values["HostProviderName"] = "AWS"
      values["ServiceProviderName"] = "AWS"
      values["AllocatedMethodId"] = method
      values["AllocatedMethodDetails"] = methodDetails(values["ConsumedQuantity"] ?? nil)
      values["AllocatedResourceId"] = text("job_id").map { "\($0)#\(text("attempt") ?? "1")" }
      values["AllocatedResourceName"] = text("job_name")
      values["AllocatedTags"] = text("tags")
    }
    if isCommitted, let commitment = text("commitment") {
      let isPlan = option == "savings-plan"
      values["CommitmentDiscountId"] = commitment
      values["CommitmentDiscountName"] = commitment
      values["CommitmentDiscountCategory"] = isPlan ? "Spend" : "Usage"
      values["CommitmentDiscountType"] = isPlan ? "Compute Savings Plans" : "Reserved Instances"
      values["CommitmentDiscountStatus"] = "Used"
      values["CommitmentDiscountQuantity"] = isPlan ? cost.description : values["ConsumedQuantity"] ?? nil
      values["CommitmentDiscountUnit"] = isPlan ? "USD" : "vCPU-Hours"
    }
    return values
  }

  /// The row's share of its charge. Each share is cut where the costs before it end, so that shares add up to exactly
  /// 1.
  private func methodDetails(_ vcpuHours: String?) -> String? {
    guard let whole = integer("charge_nanodollars"), whole > 0, let end = integer("charge_end_nanodollars") else {
      return nil
    }
    func parts(_ cost: Int64) -> Int64 { Int64(Int128(cost) * 1_000_000_000_000 / Int128(whole)) }
    let ratio = decimalString(parts(end) - parts(end - cost.nanodollars), places: 12)
    return #"{"Elements":[{"AllocatedRatio":\#(ratio),"UsageQuantity":\#(vcpuHours ?? "0"),"UsageUnit":"vCPU-Hours"}]}"#
  }

  private var definition: String? {
    text("job_definition").map { name in integer("job_definition_revision").map { "\(name):\($0)" } ?? name }
  }

  /// `packing` for `unused.packing`.
  private var unusedKind: String? {
    text("account_kind") == "unused" ? text("ledger_account").map { String($0.dropFirst("unused.".count)) } : nil
  }

  private func description(_ kind: ResourceKind) -> String {
    let what = text("instance_type").map { "\($0) " } ?? ""
    guard let job = text("job_id") else { return "\(what)\(kind.type), unused: \(unusedKind ?? "")" }
    return "\(what)\(kind.type), share of job \(job), attempt \(text("attempt") ?? "1")"
  }

  private func time(_ day: Day) -> String { "\(day)T00:00:00Z" }

  private static func nextMonth(_ year: Int, _ month: Int) -> Day {
    month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
  }
}

/// FOCUS's terms for the ledger's kinds of resources.
private struct ResourceKind {
  let type, service, category, subcategory, meter: String
  let instanceType: String?

  init(_ kind: String, instanceType: String?) {
    self.instanceType = instanceType
    switch kind {
    case "fargate-task":
      (type, service) = ("Fargate task", "Amazon Elastic Container Service")
      (category, subcategory, meter) = ("Compute", "Containers", "Fargate usage")
    case "training-job":
      (type, service) = ("SageMaker training job", "Amazon SageMaker")
      (category, subcategory, meter) = ("AI and Machine Learning", "Machine Learning", "Training usage")
    case "volume":
      (type, service) = ("EBS volume", "Amazon Elastic Compute Cloud")
      (category, subcategory, meter) = ("Storage", "Block Storage", "Volume usage")
    case "address":
      (type, service) = ("Public IPv4 address", "Amazon Virtual Private Cloud")
      (category, subcategory, meter) = ("Networking", "Network Infrastructure", "Address usage")
    case "capacity-reservation":
      (type, service) = ("Capacity reservation", "Amazon Elastic Compute Cloud")
      (category, subcategory, meter) = ("Compute", "Virtual Machines", "Reservation usage")
    default:
      (type, service) = ("EC2 instance", "Amazon Elastic Compute Cloud")
      (category, subcategory, meter) = ("Compute", "Virtual Machines", "Instance usage")
    }
  }

  func sku(_ option: String) -> String {
    switch meter {
    case "Instance usage": "\(option == "spot" ? "SpotUsage" : "BoxUsage"):\(instanceType ?? "unknown")"
    case "Fargate usage": option == "fargate-spot" ? "SpotUsage:Fargate" : "Fargate"
    case "Reservation usage": "UnusedBox:\(instanceType ?? "unknown")"
    case "Training usage": "Train:\(instanceType ?? "unknown")"
    case "Volume usage": "EBS:VolumeUsage"
    default: "PublicIPv4:InUseAddress"
    }
  }

  var details: String? { instanceType.map { "{\"InstanceType\":\"\($0)\"}" } }
}
