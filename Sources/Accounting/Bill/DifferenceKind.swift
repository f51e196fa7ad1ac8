/// Why a bill differs from the ledger's estimate. Raw values are those of the table `difference_kind`, in the order in
/// which reports show them.
package enum DifferenceKind: Int64, CaseIterable, Sendable {
  case savingsPlan = 1
  case reservation, negotiated, capacityBlock, blockUnused, reservationUnused, start, startUnseen, end, endUnseen,
    spotRule, fargateTime, trainingTime, unpriced, chargedInterruption
  case restated, late, notBilled, fargateNotBilled, trainingNotBilled, beforeCollection, unknownInstance, volumes,
    addresses, rounding
  case unexplained

  /// Whether the difference has a known cause.
  package var isExplained: Bool { self != .unexplained }

  /// For reports.
  package var name: String {
    switch self {
    case .savingsPlan: "Savings Plan rate"
    case .reservation: "Reservation rate"
    case .negotiated: "Negotiated rate"
    case .capacityBlock: "Capacity Block fee"
    case .blockUnused: "Capacity Block hours that no instance used"
    case .reservationUnused: "Capacity reservation hours that no instance used"
    case .start: "Start of billing known more exactly"
    case .startUnseen: "Start was known from its first sighting only"
    case .end: "End of billing known more exactly"
    case .endUnseen: "End was known from the last attempt only"
    case .spotRule: "Spot price rule"
    case .fargateTime: "Fargate time known more exactly"
    case .trainingTime: "Training time known more exactly"
    case .unpriced: "No price known to the ledger"
    case .chargedInterruption: "Charged though reclaimed in its first hour"
    case .restated: "Restated by a later bill"
    case .late: "Not yet in the bill"
    case .notBilled: "In the ledger, not in the bill"
    case .fargateNotBilled: "Fargate: not in the bill"
    case .trainingNotBilled: "SageMaker: not in the bill"
    case .beforeCollection: "Billed before the first collection"
    case .unknownInstance: "Batch's, but unknown to the collector"
    case .volumes: "EBS volumes"
    case .addresses: "Public IPv4 addresses"
    case .rounding: "Rounding"
    case .unexplained: "Unexplained"
    }
  }

  /// What was measured, for reports; follows the name.
  package var meaning: String {
    switch self {
    case .savingsPlan: "usage covered by a Savings Plan: effective cost less cost at the public price"
    case .reservation: "usage covered by a reservation: effective cost less cost at the public price"
    case .negotiated: "On-Demand usage not billed at the public rate"
    case .capacityBlock: "the hours that instances ran in a Capacity Block, at their share of its fee"
    case .blockUnused: "the share of a Capacity Block's fee for hours in which no instance ran"
    case .reservationUnused: "hours of a capacity reservation without an instance, as billed, less those estimated"
    case .start: "billing begins at `running`; LaunchTime and RunInstances come before it"
    case .startUnseen: "known only from its registration with ECS or an attempt: it ran before that"
    case .end: "billing ends at `shutting-down`; the ledger's source gave a different time"
    case .endUnseen: "no source gave its end; it ran on after its last attempt"
    case .spotRule: "the bill follows the price over time, not the price at the start of the instance-hour"
    case .fargateTime: "billed seconds of tasks differ from those between pull and stop"
    case .trainingTime: "billed seconds of training jobs differ from those that SageMaker or Batch reported"
    case .unpriced: "the bill has a price, but no price was collected"
    case .chargedInterruption: "EC2 took it back in its first hour, but charged for it"
    case .restated: "the last import of this bill changed it by that much"
    case .late: "used within two days of the bill's end: AWS adds such lines later"
    case .notBilled: "used in the billed time, but the bill has no line for it"
    case .fargateNotBilled: "tasks ran in the billed time, but the bill has no line for them"
    case .trainingNotBilled: "training jobs ran in the billed time, but the bill has no line for them"
    case .beforeCollection: "hours of instances before anything was collected"
    case .unknownInstance: "tagged or named by Batch, but in no collected document"
    case .volumes: "lines of volumes, less the ledger's volumes"
    case .addresses: "lines of public IPv4 addresses, less the ledger's addresses"
    case .rounding: "fractions of a nanodollar and of a second"
    case .unexplained: "no cause found"
    }
  }
}
