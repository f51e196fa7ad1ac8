import Accounting
import Store

private enum BudgetColumn: Int32, TableColumns {
  case kind, name, span, allowed
  static let table = "budget"
}

extension Limit {
  /// As in the table `forecast`: the kind, the name, and the span.
  fileprivate var place: (kind: DailySeries.Kind, name: String) {
    switch scope {
    case .everything: (.everything, "")
    case .jobQueue(let name): (.jobQueue, name)
    case .tag(let name, let value): (.tag, "\(name)=\(value)")
    }
  }
}

extension Insight {
  /// Of several budgets for the same thing, the smallest is kept. Shares are not budgets.
  static let budgets = Insight("budgets", tables: ["budget"]) { view, connection in
    let rows = try TableWriter<BudgetColumn>(
      connection, conflict: "ON CONFLICT (kind, name, span) DO UPDATE SET allowed = min(allowed, excluded.allowed)")
    let currency = try connection.currency()
    for limit in view.settings.budgets where limit.currency ?? currency == currency {
      let (kind, name) = limit.place
      switch limit.measure {
      case .weekly(let allowed):
        rows.put(.span, "week")
        rows.put(.allowed, allowed.nanodollars)
      case .monthly(let allowed):
        rows.put(.span, "month")
        rows.put(.allowed, allowed.nanodollars)
      case .unusedShare, .retriedShare: continue
      }
      rows.put(.kind, kind.rawValue)
      rows.put(.name, name)
      try rows.write()
    }
  }
}
