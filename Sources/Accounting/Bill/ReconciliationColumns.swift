import Store

// The columns of the tables for comparing bills, as in the schema, for the code that writes their rows.

enum DifferenceKindColumn: Int32, TableColumns {
  case id, name, explained, meaning

  static let table = "difference_kind"
}

enum ReconciliationColumn: Int32, TableColumns {
  case day, name, ledger, billed, seconds, held

  static let table = "reconciliation"
}

enum BillDifferenceColumn: Int32, TableColumns {
  case day, name, kind, amount

  static let table = "bill_difference"
}

enum EstimateDayColumn: Int32, TableColumns {
  case name, day, billedMs, unpricedMs, cost

  static let table = "estimate_day"
}

enum SpotRuleEvidenceColumn: Int32, TableColumns {
  case source, instances, moved, instanceHour, continuous, instanceHourGap, continuousGap

  static let table = "spot_rule_evidence"
}
