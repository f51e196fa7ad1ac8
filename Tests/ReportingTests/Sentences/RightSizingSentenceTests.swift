import Testing

@testable import Reporting

/// Sentences of the right-sizing report.
@Suite struct RightSizingSentenceTests {
  private static func sizing(_ environments: String, _ sizes: String, attempts: String = "3") -> String {
    "environments_saving_usd|sizes_saving_usd|attempts|is_whole_week\n\(environments)|\(sizes)|\(attempts)|1"
  }

  static let sizes: [SentenceCase] = [
    SentenceCase(
      "sizing-headline", "Fix the instances first: $59 a week. Smaller job sizes: $12 in this period.",
      ["right-sizing-totals": sizing("59", "12")]),
    SentenceCase("sizing-sizes-detail", "of $9.00 in this period", ["right-sizing-totals": "measured_usd\n9"]),
    SentenceCase("sizing-sizes-detail", "in this period", ["right-sizing-totals": "measured_usd\n0"]),
    SentenceCase(
      "sizing-back-test-title", "Advice from the earlier half, tested on the later: +$2.00 of $9.00",
      ["right-sizing-back-test": "net_usd|cost_usd\n2|9"]),
    SentenceCase(
      "sizing-back-test-title", "Advice from the earlier half, tested on the later",
      ["right-sizing-back-test": "net_usd|cost_usd\n0|0"]),
    SentenceCase("sizing-headline", "Fix the instances first: $59 a week", ["right-sizing-totals": sizing("59", "")]),
    SentenceCase("sizing-headline", "Smaller job sizes: $12 in this period", ["right-sizing-totals": sizing("", "12")]),
    SentenceCase(
      "sizing-headline", "Nothing ran, so there is nothing to size",
      ["right-sizing-totals": sizing("", "", attempts: "0")]),
    SentenceCase(
      "sizing-headline", "No change is advised: everything ran on Fargate, as asked",
      ["right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd|unplaced_seconds\n0|4|0"]),
    SentenceCase(
      "sizing-headline", "What to change is unknown: no instance of these attempts is known",
      ["right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd|unplaced_seconds\n0||600"]),
    SentenceCase(
      "sizing-headline", "train needs 1 of 4 GPUs: since the first day collected, the others cost $179",
      [
        "right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd|unplaced_seconds\n1|4|0",
        "gpu-advice": "step|saving_usd|gpus_advised|gpus_requested\ntrain|179|1|4",
      ]),
    SentenceCase(
      "sizing-lede",
      "How much memory and how many vCPUs jobs really use is not known; the use of GPUs was collected.",
      ["right-sizing-totals": "attempts|attempts_measured|known_share\n1|0|0", "gpu-use": "step\ntrain"]),
    SentenceCase(
      "sizing-headline", "No change to instances was found",
      [
        "right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd\n1|4",
        "utilization-by-type": "instance_type\nm5.large",
      ]),
    SentenceCase(
      "sizing-headline", "No advice: the capacity of the instances is unknown",
      ["right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd\n1|4"]),
    SentenceCase(
      "sizing-headline", "What to change is unknown: nothing that ran has a price",
      [
        "right-sizing-totals": sizing("", ""), "totals": "instances|cost_usd\n1|",
        "utilization-by-type": "instance_type\nm5.large",
      ]),
    SentenceCase(
      "sizing-lede", "What jobs really use is not known: no usage was collected for 1 attempt.",
      ["right-sizing-totals": "attempts|attempts_measured|known_share\n1|0|0"]),
    SentenceCase(
      "sizing-lede", "What jobs really use is known for 50.0% of the cost of work: 2 of 3 attempts.",
      ["right-sizing-totals": "attempts|attempts_measured|known_share\n3|2|0.5"]),
    SentenceCase(
      "sizing-gpu-advice-title", "train needs 2 of 4 GPUs: since the first day collected, the others cost $12",
      ["gpu-advice": "step|saving_usd|gpus_advised|gpus_requested\ntrain|12|2|4"]),
    SentenceCase(
      "sizing-gpu-advice-title", "Steps have as many GPUs at work as they ask for",
      ["gpu-advice": "step|saving_usd|gpus_advised|gpus_requested\ntrain|0|4|4"]),
    SentenceCase(
      "sizing-gpu-title", "train left GPUs idle for $9.53 while it held them",
      ["gpu-use": "step|idle_usd\ntrain|9.53\nalign|1"]),
    SentenceCase(
      "sizing-gpu-title", "No GPU stood idle for long while a job held it",
      ["gpu-use": "step|idle_usd\ntrain|0.004"]),
    SentenceCase(
      "sizing-over-memory-title", "Thirty-two of 37 job definitions whose memory was measured can ask for less",
      ["right-sizing-totals": "over_memory|memory_definitions\n32|37"]),
    SentenceCase(
      "sizing-over-memory-title", "The job definition whose memory was measured can ask for less",
      ["right-sizing-totals": "over_memory|memory_definitions\n1|1"]),
    SentenceCase(
      "sizing-over-memory-title", "All three job definitions whose memory was measured can ask for less",
      ["right-sizing-totals": "over_memory|memory_definitions\n3|3"]),
    SentenceCase(
      "sizing-over-memory-title", "What job definitions ask for and use",
      ["right-sizing-totals": "over_memory|memory_definitions\n0|4"]),
    SentenceCase("sizing-coverage-title", "No usage is known", ["usage-coverage": "attempts_known\n0"]),
    SentenceCase(
      "sizing-coverage-title", "No usage is known where most is spent", ["usage-coverage": "attempts_known\n0\n4"]),
    SentenceCase("sizing-coverage-title", "Where usage is known", ["usage-coverage": "attempts_known\n4\n0"]),
    SentenceCase(
      "sizing-environments-title", "$59 a week, estimated",
      ["right-sizing-totals": "environments_saving_usd|changes|is_whole_week\n59|1|1"]),
    SentenceCase(
      "sizing-environments-title", "$59 a week, estimated, without the overlap of these changes",
      ["right-sizing-totals": "environments_saving_usd|changes|is_whole_week\n59|2|1"]),
    SentenceCase(
      "sizing-environments-title",
      "$59 in the days so far, estimated, without the overlap of 16 changes; nine are shown",
      ["right-sizing-totals": "environments_saving_usd|changes|is_whole_week\n59|16|0"]),
    SentenceCase("sizing-environments-detail", "a week, estimated", ["right-sizing-totals": "is_whole_week\n1"]),
    SentenceCase(
      "sizing-types-title", "38% of the hours of m5.xlarge would have been enough for its jobs",
      [
        "utilization-by-type":
          "instance_hours|sufficient_share|instance_type|compute_environment|vcpu_share|memory_share\n3|0.38|m5.xlarge||0.3|0.2"
      ]),
    // Nothing ran on the first; the capacity of the second is unknown.
    SentenceCase(
      "sizing-types-title", "Instance types",
      [
        "utilization-by-type":
          "instance_hours|sufficient_share|instance_type|compute_environment|vcpu_share|memory_share\n9|0|m5.xlarge||0|0\n3|0|c5.large|||"
      ]),
    SentenceCase(
      "sizing-types-title", "38% of the hours of m5.xlarge in od would have been enough for its jobs",
      [
        "utilization-by-type":
          "instance_hours|sufficient_share|instance_type|compute_environment|vcpu_share|memory_share\n3|0.38|m5.xlarge|od|0.3|0.2"
      ]),
    SentenceCase(
      "sizing-memory-detail", "attempts",
      ["right-sizing-totals": "out_of_memory_attempts|out_of_memory_usd\n0|0"]),
    SentenceCase(
      "sizing-memory-detail", "attempt, which cost $9.88",
      ["right-sizing-totals": "out_of_memory_attempts|out_of_memory_usd\n1|9.88"]),
    SentenceCase(
      "sizing-memory-detail", "attempts, which cost $9.88",
      ["right-sizing-totals": "out_of_memory_attempts|out_of_memory_usd\n52|9.88"]),
    SentenceCase(
      "sizing-shape-heading", "Environments: buy the shape that jobs ask for",
      ["right-sizing-totals": "environments_saving_usd\n59"]),
    SentenceCase(
      "sizing-shape-heading", "Environments: what is bought, and what jobs ask for",
      ["right-sizing-totals": "environments_saving_usd\n0"]),
    SentenceCase("sizing-shape-title", "", ["right-sizing-totals": "shape_environment\n"]),
  ]

  @Test(arguments: sizes) func said(_ item: SentenceCase) throws { #expect(try item.said() == item.expected) }
}
