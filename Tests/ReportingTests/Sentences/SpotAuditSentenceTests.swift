import Testing

@testable import Reporting

/// Sentences of the Spot audit.
@Suite struct SpotAuditSentenceTests {
  private static func audit(
    _ values: String, reclaims: String = "11", resources: Int = 1, free: Int = 0, uncompared: Int = 0,
    unplaced: Int = 0, leftOut: Int = 0, share: String = "0.5"
  ) -> [String: String] {
    [
      "spot-audit": "resources|free_instances|uncompared_reruns|unplaced_reruns|left_out_resources|net_share|spot_usd|"
        + "on_demand_usd|net_usd|lost_usd|rerun_usd|unpriced_seconds\n"
        + "\(resources)|\(free)|\(uncompared)|\(unplaced)|\(leftOut)|\(share)|\(values)",
      "interruptions": "all_reclaims\n\(reclaims)",
    ]
  }

  static let spot: [SentenceCase] = [
    SentenceCase("spot-headline", "Nothing ran on Spot", audit("0|0|0|0|0|0", resources: 0)),
    SentenceCase(
      "spot-headline", "What ran on Spot is unknown: attempts ran on unknown instances",
      audit("0|0|0|0|0|0", resources: 0).merging(["totals": "unplaced_seconds\n600"]) { $1 }),
    SentenceCase(
      "spot-headline", "Spot cost nothing: 5 instances reclaimed in the first hour",
      audit("0|0.57|0.57|0|0|0", resources: 5, free: 5)),
    SentenceCase(
      "spot-lede", "Five attempts were lost with their hosts, at no cost.",
      ["spot-audit": "lost_usd|rerun_usd|lost_attempts|left_out_lost_attempts\n0|0|5|0"]),
    SentenceCase(
      "spot-lede", "One attempt was lost with its host, for less than a cent.",
      ["spot-audit": "lost_usd|rerun_usd|lost_attempts|left_out_lost_attempts\n0.001|0|1|0"]),
    SentenceCase(
      "spot-paid-detail", "$1.96 of it not compared", ["spot-audit": "left_out_usd|spot_share\n1.96|1"]),
    SentenceCase(
      "spot-pool-net-title", "No pool can be compared with On-Demand",
      ["spot-net-by-pool": "dearer_pools|dearer_usd|net_usd\n0|0|"]),
    SentenceCase(
      "spot-pool-net-title", "No pool is known to have cost more than it saved",
      ["spot-net-by-pool": "dearer_pools|dearer_usd|net_usd|is_at_most\n0|0|3|0\n0|0||0"]),
    SentenceCase("spot-headline", "The cost of Spot is unknown: no price is known", audit("0|0|0|0|0|60")),
    SentenceCase(
      "spot-headline", "Spot cost $38; no On-Demand price is known to compare it with", audit("38|||0|0|0")),
    SentenceCase("spot-headline", "Spot saved $58 net", audit("38|96|58|0|0|0")),
    SentenceCase("spot-headline", "Spot saved $50 net. Interruptions cost $8.00 of work.", audit("38|96|50|8|0|0")),
    SentenceCase(
      "spot-headline", "Spot saved $54 net. Lost hosts cost $3.52 of work.", audit("38|96|54|3.52|0|0", reclaims: "0")),
    SentenceCase(
      "spot-headline", "Spot saved $40 net. Interruptions cost $8.00 of work and $10 of re-runs.",
      audit("38|96|40|8|10|0")),
    SentenceCase(
      "spot-headline", "Spot cost $4.00 more than it saved. Interruptions cost $62 of work.", audit("38|96|-4|62|0|0")),
    SentenceCase(
      "spot-headline", "Spot saved at most $40 net. Interruptions cost $17 of work.",
      audit("38|96|40|17||0", uncompared: 24)),
    SentenceCase(
      "spot-headline", "Spot saved nothing in the end. Interruptions cost $58 of work.",
      audit("38|96|0.2|58|0|0", share: "0.002")),
    SentenceCase(
      "spot-bridge-subtitle",
      "From On-Demand price to net saving, USD; each bar starts where the one above it ends. Of lost work, $0.30 was "
        + "probably run again by its client, inferred from step and time alone",
      ["spot-audit": "left_out_usd|abandoned_usd|likely_rerun_usd|uncompared_reruns|unplaced_reruns\n0|0|0.3|0|0"]),
    // A share decides, not half a cent.
    SentenceCase("spot-headline", "Spot saved $0.0025 net", audit("0.001|0.0035|0.0025|0|0|0", share: "0.71")),
    SentenceCase(
      "spot-headline", "Spot saved at most $1.48 net. Interruptions cost $1.60 of work.",
      audit("1.68|4.76|1.48|1.6||0", unplaced: 7)),
    SentenceCase(
      "spot-headline", "Spot saved $2.00 net where both prices are known", audit("1.4|3.4|2|0|0|0", leftOut: 5)),
    SentenceCase("spot-net-name", "Net saving, at most", audit("38|96|40|17||0", uncompared: 24)),
    SentenceCase("spot-net-name", "Net saving", audit("38|96|40|17|0|0")),
    SentenceCase("spot-paid-name", "Paid for Spot, at least", audit("38|96|40|17|0|60")),
    SentenceCase("spot-paid-name", "Paid for Spot", audit("38|96|40|17|0|0")),
    SentenceCase(
      "spot-lede",
      "Five attempts were lost on instances without both prices: that loss and its re-runs are not counted.",
      ["spot-audit": "lost_usd|rerun_usd|lost_attempts|left_out_lost_attempts\n0|0|0|5"]),
    SentenceCase(
      "spot-pool-net-title", "No pool is known to have cost more than it saved",
      ["spot-net-by-pool": "dearer_pools|dearer_usd|net_usd|is_at_most\n0|0|3|1"]),
    SentenceCase(
      "spot-bridge-subtitle",
      "From On-Demand price to net saving, USD; each bar starts where the one above it ends. Seven re-runs ran on unknown "
        + "instances and are not counted",
      ["spot-audit": "left_out_usd|abandoned_usd|likely_rerun_usd|uncompared_reruns|unplaced_reruns\n0|0|0|0|7"]),
    SentenceCase(
      "spot-bridge-subtitle",
      "From On-Demand price to net saving, USD; each bar starts where the one above it ends. Two re-runs have no "
        + "Spot price and are not counted",
      ["spot-audit": "left_out_usd|abandoned_usd|likely_rerun_usd|uncompared_reruns|unplaced_reruns\n0|0|0|2|0"]),
    SentenceCase(
      "spot-lede",
      "Without lost work and re-runs the saving would be $58. Of lost work, $1.25 came after the last checkpoint; "
        + "counting that alone, net is $56.",
      [
        "spot-audit":
          "lost_usd|since_checkpoint_usd|rerun_usd|gross_usd|rerun_attempts|lost_attempts|left_out_lost_attempts|net_since_checkpoint_usd\n8|1.25|1|58|0|3|0|55.75"
      ]),
    SentenceCase("spot-lede", "", ["spot-audit": "lost_usd|rerun_usd|lost_attempts|left_out_lost_attempts\n0|0|0|0"]),
    SentenceCase(
      "spot-lede",
      "Without lost work and re-runs the saving would be $58. One re-run fell through to On-Demand after one attempt was lost with "
        + "its host.",
      [
        "spot-audit":
          "lost_usd|since_checkpoint_usd|rerun_usd|gross_usd|rerun_attempts|lost_attempts|left_out_lost_attempts\n8|8|1|58|1|1|0"
      ]),
    SentenceCase(
      "spot-lede",
      "Without lost work and re-runs the saving would be $58. Two re-runs fell through to On-Demand after three attempts were lost "
        + "with their hosts.",
      [
        "spot-audit":
          "lost_usd|since_checkpoint_usd|rerun_usd|gross_usd|rerun_attempts|lost_attempts|left_out_lost_attempts\n8|8|1|58|2|3|0"
      ]),
    SentenceCase("spot-step", "Net loss", row: "step|change_usd\nnet|-1"),
    SentenceCase("spot-step", "Net saving", row: "step|change_usd\nnet|1"),
    SentenceCase("spot-step", "Lost work", row: "step|change_usd\nlost|-1"),
    SentenceCase("spot-evidence", "1 attempt", row: "step|attempts|share\nlost|1|"),
    SentenceCase("spot-evidence", "60%", row: "step|attempts|share\nnet||0.6"),
    SentenceCase(
      "spot-type-title", "Of every On-Demand dollar, Spot left 1 cent unspent", ["spot-audit": "gross_share\n0.0149"]),
    SentenceCase("spot-type-title", "Saving by instance type", ["spot-audit": "gross_share\n-0.2"]),
    SentenceCase(
      "spot-pools-title", "m5.large in eu-west-1a cost most: $35 for 1 hour",
      ["spot-pools": "instance_type|zone|cost_usd|hours\nm5.large|eu-west-1a|35|1"]),
    SentenceCase(
      "spot-reclaims-title", "EC2 took back no instance",
      ["interruptions": "all_reclaims|all_hours|all_per_100_hours|types_above_band\n0|40|0|0"]),
    SentenceCase(
      "spot-reclaims-title", "EC2 took back 20 instances, 2.5 in 100 instance-hours; 1 type above AWS's band",
      ["interruptions": "all_reclaims|all_hours|all_per_100_hours|types_above_band\n20|800|2.5|1"]),
    SentenceCase(
      "spot-reclaims-title", "EC2 took back 5 instances in 3.3 instance-hours",
      ["interruptions": "all_reclaims|all_hours|all_per_100_hours|types_above_band\n5|3.333|150|0"]),
    SentenceCase(
      "spot-leakage-title", "Falling back to On-Demand cost one Spot-first queue $9.00 above Spot prices",
      ["on-demand-leakage": "queues|all_premium_usd\n1|9"]),
    SentenceCase(
      "spot-pool-net-title", "No pool cost more than it saved",
      ["spot-net-by-pool": "dearer_pools|dearer_usd|net_usd|is_at_most\n0|0|3|0"]),
    SentenceCase(
      "spot-pool-net-title", "One pool cost $4.00 more than Spot saved there",
      ["spot-net-by-pool": "dearer_pools|dearer_usd\n1|-4"]),
    SentenceCase("spot-break-even", "82%", ["spot-audit": "break_even|lost_hours_share\n0.82|0.34"]),
    SentenceCase("spot-break-even", "never", ["spot-audit": "break_even|lost_hours_share\n2.89|0.18"]),
    SentenceCase(
      "spot-break-even-detail", "of hours lost; now 34%", ["spot-audit": "break_even|lost_hours_share\n0.82|0.34"]),
    SentenceCase(
      "spot-break-even-detail", "even if all hours were lost; now 18%",
      ["spot-audit": "break_even|lost_hours_share\n2.89|0.18"]),
    SentenceCase("spot-foot", "", ["spot-audit": "free_instances|unpriced_seconds\n0|0"]),
    SentenceCase(
      "spot-foot", "1 instance reclaimed in the first hour cost nothing · 2.0 h of instances without a price left out",
      ["spot-audit": "free_instances|unpriced_seconds\n1|7200"]),
  ]

  @Test(arguments: spot) func said(_ item: SentenceCase) throws { #expect(try item.said() == item.expected) }
}
