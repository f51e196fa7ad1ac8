import Store

@testable import Accounting

/// Every row of the ledger, with names in place of row numbers.
struct LedgerDump {
  let lines: [String]

  init(_ database: Database) throws {
    lines = try database.read { connection in
      var lines: [String] = []
      for (table, sql) in Self.tables {
        let rows = try connection.prepare(sql)
        while try rows.step() {
          let values = rows.columnNames.indices.map { rows.optionalText(Int32($0)) ?? "–" }
          lines.append("\(table): \(values.joined(separator: " | "))")
        }
      }
      return lines.sorted()
    }
  }

  /// The rows that only one of the two has.
  func differences(from other: LedgerDump) -> [String] {
    lines.difference(from: other.lines).map { change in
      switch change {
      case .insert(_, let line, _): "only here: \(line)"
      case .remove(_, let line, _): "only there: \(line)"
      }
    }
  }

  private static let tables: KeyValuePairs = [
    "resource": """
    SELECT kind, name, account_region, compute_environment, instance_type, zone, purchase_option, started_at_ms,
      start_source, stopped_at_ms, stop_source, open, interrupted, free, milli_vcpus, memory_mib, gpus, billed_ms,
      unpriced_ms, cost, on_demand, attempts
    FROM resource
    """,
    "resource_day": """
    SELECT r.kind, r.name, d.day, d.purchase_option, d.billed_ms, d.unpriced_ms, d.open_ms, d.cost, d.on_demand,
      d.unused, d.digest
    FROM resource_day d JOIN resource r ON r.id = d.resource
    """,
    "posting": """
    SELECT r.kind, r.name, p.day, p.account, p.attempt, p.purchase_option, p.price_source, p.ms, p.milli_vcpu_ms,
      p.mib_ms, p.gpu_ms, p.unpriced_ms, p.cost, p.on_demand, p.unused_by_instance, p.unused_by_aws
    FROM posting p JOIN resource r ON r.id = p.resource
    """,
    "daily_cost": "SELECT * FROM daily_cost",
    "hourly_use": "SELECT * FROM hourly_use",
    "ledger_finding": "SELECT * FROM ledger_finding",
    "unplaced": "SELECT * FROM unplaced",
    "calendar": "SELECT * FROM calendar",
    "ledger_setting": "SELECT * FROM ledger_setting",
    "ledger_summary": "SELECT * FROM ledger_summary",
    "reported_day": "SELECT * FROM reported_day",
    "witness": "SELECT * FROM witness",
    "told_registration": "SELECT * FROM told_registration",
    "later": "SELECT * FROM later",
    "bill_day": "SELECT * FROM bill_day",
    "estimate_day": "SELECT * FROM estimate_day",
    "reconciliation": "SELECT * FROM reconciliation",
    "bill_difference": "SELECT * FROM bill_difference",
    "spot_rule_evidence": "SELECT * FROM spot_rule_evidence",
    "compared_share": "SELECT * FROM compared_share",
    "reservation_stay": "SELECT * FROM reservation_stay",
  ]
}
