import Store

extension Limit {
  /// As the table `forecast` names it: what, whose, and of how long.
  fileprivate var place: (kind: DailySeries.Kind, name: String) {
    switch scope {
    case .everything: (.everything, "")
    case .jobQueue(let name): (.jobQueue, name)
    case .tag(let name, let value): (.tag, "\(name)=\(value)")
    }
  }
}

extension Insight {
  /// Of several budgets of the same thing the least is kept. Shares are no budgets.
  static let budgets = Insight("budgets", tables: ["budget"]) { view, connection in
    let row = try connection.prepare(
      """
      INSERT INTO budget VALUES (?, ?, ?, ?)
      ON CONFLICT (kind, name, span) DO UPDATE SET allowed = min(allowed, excluded.allowed)
      """)
    for limit in view.settings.budgets {
      let (kind, name) = limit.place
      switch limit.measure {
      case .weekly(let allowed):
        row.bind(3, "week")
        row.bind(4, allowed.nanodollars)
      case .monthly(let allowed):
        row.bind(3, "month")
        row.bind(4, allowed.nanodollars)
      case .unusedShare, .retriedShare: continue
      }
      row.bind(1, kind.rawValue)
      row.bind(2, name)
      try row.run()
    }
  }
}
