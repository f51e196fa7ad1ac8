import Domain
import Testing

@testable import Reporting

/// What each rule of advice says, word for word.
@Suite struct AdviceSentenceTests {
  private static func row(_ rule: AdviceRule, purchase: String = "on-demand", _ values: KeyValuePairs<String, String>)
    -> String
  {
    let all = [("rule", rule.rawValue), ("environment", "batch"), ("place", "grid"), ("purchase", purchase)]
    let given = values.map { ($0.key, $0.value) }
    return (all + given).map(\.0).joined(separator: "|") + "\n" + (all + given).map(\.1).joined(separator: "|")
  }

  private static func cases(_ row: String, _ words: [String]) -> [SentenceCase] {
    zip(["title", "explanation", "now", "change", "note", "risk"], words).map {
      SentenceCase("advice-\($0)", $1, row: row)
    }
  }

  private static let family: KeyValuePairs = [
    "instance_types": "r5.24xlarge", "replaced": "r5.24xlarge", "family": "r5", "offered": "m5", "instances": "26",
    "vcpu_share": "0.66", "memory_share": "0.31", "cheaper_share": "0.2411", "offered_mib_per_vcpu": "3973",
    "saving_usd": "1017.35",
  ]

  static let all =
    cases(
      row(.family, family),
      [
        "Offer m5 before r5.24xlarge in batch",
        "Jobs there reserve 66% of the vCPUs but 31% of the memory that we pay for. The same vCPUs on m5 list for 24% less.",
        "r5.24xlarge, 26 instances; 66% of vCPUs and 31% of memory reserved",
        "Offer m5 first; keep r5 for jobs above 3.9 GiB per vCPU", "if every job moves",
        "jobs that need the memory of a large instance stay where they are",
      ])
    + cases(
      row(
        .family, purchase: "spot",
        [
          "instance_types": "r5.large, r5.xlarge", "replaced": "r5", "family": "r5", "offered": "c5", "instances": "1",
          "vcpu_share": "1", "memory_share": "0.004", "cheaper_share": "0.5", "offered_mib_per_vcpu": "2048",
          "saving_usd": "3.5",
        ]),
      [
        "Offer c5 before r5 in batch",
        "Jobs there reserve 100% of the vCPUs but <1% of the memory that we pay for. The same vCPUs on c5 cost 50% less.",
        "r5.large and r5.xlarge, 1 instance; 100% of vCPUs and <1% of memory reserved",
        "Offer c5 first; keep r5 for jobs above 2 GiB per vCPU", "if every job moves",
        "other Spot pools may be shallower",
      ])
    + cases(
      row(
        .fargate,
        [
          "instance_types": "m5.large, m5.xlarge, m5.2xlarge, m5.4xlarge", "attempts": "1000", "cost_usd": "200",
          "elsewhere_usd": "98.74", "saving_usd": "101.26",
        ]),
      [
        "Run small jobs of batch on Fargate",
        "1,000 attempts of up to 4 vCPUs and 30 GiB cost $200 with their share of free capacity; Fargate lists the same for $99.",
        "1,000 small attempts on m5.large, m5.xlarge, m5.2xlarge and others",
        "Give jobs of up to 4 vCPUs and 30 GiB a Fargate environment", "if instances shrink by as much",
        "images are pulled for each job; no GPUs, 16 vCPUs and 120 GB at most",
      ])
    + cases(
      row(
        .generation,
        [
          "instance_types": "c5.9xlarge", "replaced": "c5.9xlarge", "offered": "c6i", "instances": "2",
          "cheaper_share": "0.05", "saving_usd": "5",
        ]),
      [
        "Offer c6i for c5.9xlarge in batch", "A vCPU of c6i is newer and lists for 5% less.", "c5.9xlarge, 2 instances",
        "Offer c6i first", "at list prices, at the same speed", "sizes differ between generations",
      ])
    + cases(
      row(.gpuSize, ["instance_types": "p3.16xlarge", "attempts": "1", "gpu_share": "0.4", "saving_usd": "375"]),
      [
        "Keep one-GPU jobs off instances with several GPUs in batch",
        "One attempt with one GPU ran on p3.16xlarge, where 40% of the GPUs were reserved. At 80%, that is $375 less.",
        "p3.16xlarge; 1 attempt with one GPU", "Offer types with one GPU; give jobs with several a queue of their own",
        "at 80% of GPUs reserved", "one-GPU types may be scarcer",
      ])
    + cases(
      row(
        .instanceSize,
        [
          "instance_types": "r5.24xlarge", "instances": "26", "vcpu_share": "0.6", "memory_share": "",
          "saving_usd": "200",
        ]),
      [
        "Offer smaller instances in batch",
        "While jobs ran on r5.24xlarge, 60% of the vCPUs were reserved and the rest was free. "
          + "At 80% beside jobs of up to 16 vCPUs, that is $200 less.",
        "r5.24xlarge, 26 instances; 60% of the vCPUs reserved",
        "Offer sizes below 32 vCPUs, and the large ones only for jobs that need them",
        "with 80% of the scarcer resource reserved",
        "more instances to start",
      ])
    + cases(
      row(
        .instanceSize, purchase: "spot",
        [
          "instance_types": "c5.24xlarge", "instances": "3", "vcpu_share": "", "memory_share": "0.5",
          "saving_usd": "9.5",
        ]),
      [
        "Offer smaller instances in batch",
        "While jobs ran on c5.24xlarge, 50% of the memory was reserved and the rest was free. "
          + "At 80% beside jobs of up to 16 vCPUs, that is $9.50 less.",
        "c5.24xlarge, 3 instances; 50% of the memory reserved",
        "Offer sizes below 32 vCPUs, and the large ones only for jobs that need them",
        "with 80% of the scarcer resource reserved",
        "fewer Spot pools to choose from",
      ])
    + cases(
      row(.minimumVCPUs, ["instance_types": "", "minimum_vcpus": "64", "saving_usd": "15"]),
      [
        "Let batch scale down to no vCPUs", "Its minimum is 64 vCPUs; instances without a job cost $15.",
        "Minimum 64 vCPUs", "Set the minimum to 0", "before the cost of more boots",
        "the first jobs wait for an instance",
      ])
    + cases(
      row(
        .packing,
        [
          "instance_types": "m5.4xlarge", "job_definition": "align", "requested_mib": "32768", "advised_mib": "31784",
          "host_mib": "63569", "saving_usd": "104",
        ]),
      [
        "Ask for 31,784 MiB instead of 32,768 in align",
        "32,768 MiB just misses fitting once more on m5.4xlarge, which has 63,569 MiB for jobs.",
        "32,768 MiB on m5.4xlarge", "Ask for 31,784 MiB", "if the freed memory is used", "3% less memory for each job",
      ])
    + cases(
      row(.retryOnSpot, ["instance_types": "", "attempts": "134", "saving_usd": "759"]),
      [
        "Retry interrupted jobs of grid on Spot first",
        "134 re-runs landed on On-Demand, $759 above the Spot price of those hours.",
        "134 re-runs after interruptions fell through to batch", "Put a second Spot environment before batch",
        "at the Spot price of those hours", "a re-run may be interrupted again",
      ])
    + cases(
      row(.scaleDown, ["instance_types": "", "delay_minutes": "1", "boot_usd": "0.5", "saving_usd": "5"]),
      [
        "Drop the scale-down delay of batch",
        "It keeps instances for 1 minute after their last job; that time cost $5.00, and saved boots worth $0.50.",
        "Scale-down delay 1 minute", "Unset the delay", "before the cost of more boots",
        "more jobs wait for an instance",
      ])
    + cases(
      row(
        .spotShare,
        ["instance_types": "", "attempts": "2", "cost_usd": "8", "cheaper_share": "0.75", "saving_usd": "6"]),
      [
        "Run short jobs of grid on Spot",
        "Two attempts of half an hour or less cost $8.00 On-Demand; Spot cost 75% less that week.",
        "No Spot environment; $8.00 of short jobs On-Demand", "Put a Spot environment before batch",
        "before interruptions", "interruptions delay urgent jobs",
      ])

  @Test("Each rule, each sentence", arguments: all) func words(_ item: SentenceCase) throws {
    #expect(try item.said() == item.expected)
  }

  static let replays = [
    ("gpu-size", "1694", "2727", "183", "", "± $183; jobs move to cheaper GPUs too, taken to be as fast"),
    ("retry-on-spot", "461", "853", "290", "", "± $290; other instances cost less too"),
    ("retry-on-spot", "461", "583", "290", "", "± $290"),
    ("gpu-size", "58", "775", "966", "", "± $966: perhaps nothing"),
    ("fargate", "153", "-70", "180", "", "± $180: perhaps nothing"),
    ("fargate", "153", "-270", "180", "", "± $180"),
    ("packing", "3", "", "", "it does not change the model", "it does not change the model"),
    ("packing", "3", "", "", "", ""),
  ]

  @Test("How sure a replayed saving is", arguments: replays)
  func replay(_ rule: String, bound: String, saving: String, spread: String, note: String, words: String) throws {
    let row =
      "rule|purchase|saving_usd|replayed_usd|replayed_spread_usd|replayed_note\n"
      + "\(rule)|on-demand|\(bound)|\(saving)|\(spread)|\(note)"
    #expect(try SentenceCase("advice-replay", "", row: row).said() == words)
  }

  @Test("A rule from a newer version says nothing") func unknownRule() throws {
    let row = "rule|environment|place|purchase\nmigrate|batch|grid|spot"
    #expect(try SentenceCase("advice-title", "", row: row).said() == "")
  }
}
