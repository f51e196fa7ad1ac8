/// The SQL that the binary carries: one entry a file of this folder.
package struct EmbeddedSQL: Sendable {
  /// The file's name without `.sql`.
  package let name: String
  package let text: String

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    self.text = String(decoding: bytes, as: UTF8.self)
  }
}

/// Named queries, in alphabetical order.
package let namedQueries: [EmbeddedSQL] = [
  EmbeddedSQL("advice", PackageResources.advice_sql),
  EmbeddedSQL("anomalies", PackageResources.anomalies_sql),
  EmbeddedSQL("anomaly-watch", PackageResources.anomaly_watch_sql),
  EmbeddedSQL("array-stragglers", PackageResources.array_stragglers_sql),
  EmbeddedSQL("attempt-cost", PackageResources.attempt_cost_sql),
  EmbeddedSQL("bill-difference", PackageResources.bill_difference_sql),
  EmbeddedSQL("billed-task-cost", PackageResources.billed_task_cost_sql),
  EmbeddedSQL("billed-task-cost-by-tag", PackageResources.billed_task_cost_by_tag_sql),
  EmbeddedSQL("bills", PackageResources.bills_sql),
  EmbeddedSQL("bridge", PackageResources.bridge_sql),
  EmbeddedSQL("budgets", PackageResources.budgets_sql),
  EmbeddedSQL("confidence", PackageResources.confidence_sql),
  EmbeddedSQL("cost-by-compute-environment", PackageResources.cost_by_compute_environment_sql),
  EmbeddedSQL("cost-by-day", PackageResources.cost_by_day_sql),
  EmbeddedSQL("cost-by-day-part", PackageResources.cost_by_day_part_sql),
  EmbeddedSQL("cost-by-job-definition", PackageResources.cost_by_job_definition_sql),
  EmbeddedSQL("cost-by-job-definition-by-day", PackageResources.cost_by_job_definition_by_day_sql),
  EmbeddedSQL("cost-by-queue", PackageResources.cost_by_queue_sql),
  EmbeddedSQL("cost-by-queue-by-day", PackageResources.cost_by_queue_by_day_sql),
  EmbeddedSQL("cost-by-queue-by-policy", PackageResources.cost_by_queue_by_policy_sql),
  EmbeddedSQL("cost-by-tag", PackageResources.cost_by_tag_sql),
  EmbeddedSQL("cost-by-tag-by-day", PackageResources.cost_by_tag_by_day_sql),
  EmbeddedSQL("cost-by-week", PackageResources.cost_by_week_sql),
  EmbeddedSQL("findings", PackageResources.findings_sql),
  EmbeddedSQL("findings-by-check", PackageResources.findings_by_check_sql),
  EmbeddedSQL("focus", PackageResources.focus_sql),
  EmbeddedSQL("forecast", PackageResources.forecast_sql),
  EmbeddedSQL("graviton", PackageResources.graviton_sql),
  EmbeddedSQL("headline", PackageResources.headline_sql),
  EmbeddedSQL("hidden-retries", PackageResources.hidden_retries_sql),
  EmbeddedSQL("instance-cost", PackageResources.instance_cost_sql),
  EmbeddedSQL("interruptions", PackageResources.interruptions_sql),
  EmbeddedSQL("job-cost", PackageResources.job_cost_sql),
  EmbeddedSQL("ledger-reference", PackageResources.ledger_reference_sql),
  EmbeddedSQL("measured-attempts", PackageResources.measured_attempts_sql),
  EmbeddedSQL("movers", PackageResources.movers_sql),
  EmbeddedSQL("on-demand-leakage", PackageResources.on_demand_leakage_sql),
  EmbeddedSQL("outlook-titles", PackageResources.outlook_titles_sql),
  EmbeddedSQL("postings", PackageResources.postings_sql),
  EmbeddedSQL("queue-days", PackageResources.queue_days_sql),
  EmbeddedSQL("queue-wait", PackageResources.queue_wait_sql),
  EmbeddedSQL("reconciliation", PackageResources.reconciliation_sql),
  EmbeddedSQL("restated-days", PackageResources.restated_days_sql),
  EmbeddedSQL("restatements", PackageResources.restatements_sql),
  EmbeddedSQL("retry-cost", PackageResources.retry_cost_sql),
  EmbeddedSQL("retry-cost-by-job-definition", PackageResources.retry_cost_by_job_definition_sql),
  EmbeddedSQL("retry-cost-by-queue", PackageResources.retry_cost_by_queue_sql),
  EmbeddedSQL("right-sizing", PackageResources.right_sizing_sql),
  EmbeddedSQL("right-sizing-back-test", PackageResources.right_sizing_back_test_sql),
  EmbeddedSQL("right-sizing-totals", PackageResources.right_sizing_totals_sql),
  EmbeddedSQL("spot-advice", PackageResources.spot_advice_sql),
  EmbeddedSQL("spot-audit", PackageResources.spot_audit_sql),
  EmbeddedSQL("spot-bridge", PackageResources.spot_bridge_sql),
  EmbeddedSQL("spot-hours", PackageResources.spot_hours_sql),
  EmbeddedSQL("spot-net-by-pool", PackageResources.spot_net_by_pool_sql),
  EmbeddedSQL("spot-pools", PackageResources.spot_pools_sql),
  EmbeddedSQL("spot-price-rule", PackageResources.spot_price_rule_sql),
  EmbeddedSQL("spot-prices", PackageResources.spot_prices_sql),
  EmbeddedSQL("spot-savings", PackageResources.spot_savings_sql),
  EmbeddedSQL("spot-savings-by-type", PackageResources.spot_savings_by_type_sql),
  EmbeddedSQL("totals", PackageResources.totals_sql),
  EmbeddedSQL("unit-costs", PackageResources.unit_costs_sql),
  EmbeddedSQL("unused-cost", PackageResources.unused_cost_sql),
  EmbeddedSQL("usage-coverage", PackageResources.usage_coverage_sql),
  EmbeddedSQL("utilization", PackageResources.utilization_sql),
  EmbeddedSQL("utilization-by-hour", PackageResources.utilization_by_hour_sql),
  EmbeddedSQL("utilization-by-type", PackageResources.utilization_by_type_sql),
  EmbeddedSQL("weekly-titles", PackageResources.weekly_titles_sql),
  EmbeddedSQL("workflow-runs", PackageResources.workflow_runs_sql),
]

/// Migrations, in the order in which they run; one that was released is never edited.
package let migrations: [EmbeddedSQL] = [
  EmbeddedSQL("0001_facts", PackageResources._001_facts_sql),
  EmbeddedSQL("0002_ledger", PackageResources._002_ledger_sql),
  EmbeddedSQL("0003_insights", PackageResources._003_insights_sql),
  EmbeddedSQL("0004_right_sizing", PackageResources._004_right_sizing_sql),
  EmbeddedSQL("0005_bill", PackageResources._005_bill_sql),
  EmbeddedSQL("0006_instance_address", PackageResources._006_instance_address_sql),
  EmbeddedSQL("0007_submissions", PackageResources._007_submissions_sql),
  EmbeddedSQL("0008_budget", PackageResources._008_budget_sql),
  EmbeddedSQL("0009_builds", PackageResources._009_builds_sql),
  EmbeddedSQL("0010_watch_history", PackageResources._010_watch_history_sql),
  EmbeddedSQL("0011_spot_advisor", PackageResources._011_spot_advisor_sql),
  EmbeddedSQL("0012_graviton", PackageResources._012_graviton_sql),
  EmbeddedSQL("0013_narrow_postings", PackageResources._013_narrow_postings_sql),
  EmbeddedSQL("0014_bills_of_days", PackageResources._014_bills_of_days_sql),
  EmbeddedSQL("0015_changes", PackageResources._015_changes_sql),
]

/// The triggers by which a connection that writes facts notes what it changes.
package let changeTriggers = EmbeddedSQL("changes", PackageResources.changes_sql)
