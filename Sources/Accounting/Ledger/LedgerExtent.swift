import Domain

/// How much of the ledger a build writes.
enum LedgerExtent {
  /// Everything, into empty tables.
  case anew
  /// Everything except the rows of resources that did not change.
  case whole
  /// The resources of a scope and the notes about them, without the rollups.
  case changes
  /// The rollups of some days.
  case rollups(Set<Day>)

  func rollsUp(_ day: Day) -> Bool {
    switch self {
    case .anew, .whole: true
    case .changes: false
    case .rollups(let days): days.contains(day)
    }
  }

  var rollsUp: Bool { if case .changes = self { false } else { true } }

  /// Findings and what attempts say about instances are written too.
  var hasNotes: Bool { if case .rollups = self { false } else { true } }
}
