/// What a line of a bill is about. Raw values are those of the table `bill_kind`.
///
/// `instance` is time alone; what else an instance costs has its own kind. `capacityReservation` is hours in which no
/// instance ran, and fees of Capacity Blocks; `account` what belongs to no resource, such as fees and tax.
package enum BillKind: Int64, CaseIterable, Sendable {
  case instance = 0
  case fargate, ebs, ipv4, cpuCredits, ebsOptimized, dataTransfer, capacityReservation, account, other, trainingJob
}

/// The line item types of a Cost and Usage Report. Raw values are those of the table `bill_charge`.
///
/// `covered` is usage under a Savings Plan, `discounted` under a reservation; `negation` takes back what a Savings Plan
/// covers.
package enum BillCharge: Int64, CaseIterable, Sendable {
  case usage = 0
  case covered, discounted, negation, fee, credit, refund, tax, discount, other

  /// Usage of an instance, whoever pays for it.
  package var isUsage: Bool {
    switch self {
    case .usage, .covered, .discounted: true
    case .negation, .fee, .credit, .refund, .tax, .discount, .other: false
    }
  }

  /// Those that pay for usage: the lines that are compared with the ledger.
  package static let ofUsage = allCases.filter(\.isUsage)
}
