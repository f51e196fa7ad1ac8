import Store

// The columns of the ledger's tables, as in the schema, for the code that writes their rows.

enum ResourceColumn: Int32, TableColumns {
  case id, kind, name, accountRegion, computeEnvironment, instanceType, zone, purchaseOption, startedAtMs,
    startSource, stoppedAtMs, stopSource, open, interrupted, free, milliVcpus, memoryMib, gpus, billedMs,
    unpricedMs, cost, onDemand, attempts, digest

  static let table = "resource"
}

enum ResourceDayColumn: Int32, TableColumns {
  case resource, day, purchaseOption, billedMs, unpricedMs, openMs, cost, onDemand, unused, digest

  static let table = "resource_day"
}

enum PostingColumn: Int32, TableColumns {
  case id, day, account, attempt, purchaseOption, priceSource, ms, milliVcpuMs, mibMs, gpuMs, unpricedMs, cost,
    onDemand, unusedByInstance, unusedByAws

  static let table = "posting"
}

enum DailyCostColumn: Int32, TableColumns {
  case day, account, purchaseOption, priceSource, computeEnvironment, jobQueue, jobDefinition, tagSet, outcome,
    retried, ms, milliVcpuMs, mibMs, gpuMs, unpricedMs, cost, onDemand, unusedByInstance, unusedByAws, attempts,
    jobs

  static let table = "daily_cost"
}

enum HourlyUseColumn: Int32, TableColumns {
  case hour, computeEnvironment, instanceType, instanceMs, capacityMilliVcpuMs, capacityMibMs, capacityGpuMs,
    reservedMilliVcpuMs, reservedMibMs, reservedGpuMs

  static let table = "hourly_use"
}

enum UnplacedColumn: Int32, TableColumns {
  case attempt, day, ms

  static let table = "unplaced"
}

enum CalendarColumn: Int32, TableColumns {
  case day, date, week, month, weekday, until

  static let table = "calendar"
}

enum LedgerSettingColumn: Int32, TableColumns {
  case name, value

  static let table = "ledger_setting"
}

enum LedgerFindingColumn: Int32, TableColumns {
  case checkName, severity, subject, message, day, amountMs

  static let table = "ledger_finding"
}
