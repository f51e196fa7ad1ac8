/// Rows of the weekly report’s queries: what is not given is the usual.
enum WeeklyRows {
  static func headline(
    cost: String = "100", previous: String = "", change: String = "", changeUSD: String = "", ran: Int = 1,
    complete: Int = 1, unused: String = "0", billed: String = "0", before: String = "", priced: Int = 1
  ) -> String {
    SentenceCase.row([
      "cost_usd": cost, "previous_cost_usd": previous, "change": change, "change_usd": changeUSD,
      "compares": previous.isEmpty ? "0" : "1", "ran": "\(ran)", "last_day_complete": "\(complete)",
      "unused_share": unused, "billed_share": billed, "previous_billed_share": before, "is_priced": "\(priced)",
    ])
  }

  static func lede(
    _ instances: String, share: String = "1", idle: String = "", saving: String = "", compares: Int = 1,
    complete: Int = 1, fargate: String = "0", option: String = "on-demand", unpriced: String = "",
    unpricedBefore: String = ""
  ) -> String {
    SentenceCase.row([
      "cost_usd": "20", "ran": "1", "top_type": instances.isEmpty ? "" : "m5.xlarge", "top_type_option": option,
      "top_type_usd": "12", "top_type_instances": instances, "top_type_share": share, "top_type_unused_share": idle,
      "net_saving_usd": saving, "compares": "\(compares)", "fargate_share": fargate,
      "last_day_complete": "\(complete)", "unpriced_share": unpriced, "previous_unpriced_share": unpricedBefore,
      "is_priced": priced(unpriced), "previous_is_priced": priced(unpricedBefore),
    ])
  }

  /// What the query says of a share without a price.
  private static func priced(_ share: String) -> String { Double(share).map { $0 > 0.01 ? "0" : "1" } ?? "" }

  static func daily(_ unused: String, _ full: String) -> [String: String] {
    ["cost-by-day-part": "day|cost_usd\n1|5\n2|5", "headline": "unused_days|full_days\n\(unused)|\(full)"]
  }

  static func sure(
    priced: String = "1", spot: String = "0", list: String = "12", bill: String = "0", unpriced: String = "0",
    unplaced: String = "0", lifeless: Int = 0, storage: Int = 0, addresses: Int = 0, open: Int = 0,
    undescribed: String = "0", mostlyUndescribed: Int = 0, taskAddresses: Int = 0, openTasks: Int = 0, unsized: Int = 0,
    volumes: Int = 0, jobless: Int = 0, unread: Int = 0
  ) -> String {
    SentenceCase.row([
      "priced_share": priced, "billed_usd": bill, "spot_history_usd": spot, "price_list_usd": list, "bundled_usd": "0",
      "manual_usd": "0", "unpriced_seconds": unpriced, "unpriced_volumes": "\(volumes)", "unplaced_attempts": unplaced,
      "unplaced_seconds": "60",
      "undescribed_share": undescribed, "is_mostly_undescribed": "\(mostlyUndescribed)",
      "lifeless_instances": "\(lifeless)", "storage_unknown": "\(storage)",
      "addresses_unknown": "\(addresses)",
      "task_addresses_unknown": "\(taskAddresses)", "jobs_unknown": "\(jobless)", "unread_files": "\(unread)",
      "open_instances": "\(open)", "open_tasks": "\(openTasks)", "instances": "7",
      "unsized_instances": "\(unsized)", "collected_at": "2026-11-02T05:20:00Z",
    ])
  }
}
