import Testing

@testable import Reporting

/// What the run report says.
@Suite struct RunSentenceTests {
  private static func summary(_ changes: [String: String] = [:]) -> [String: String] {
    let known: KeyValuePairs<String, String> = [
      "kind": "run", "name": "brave_hopper", "workflow": "etl", "client": "airflow", "is_about": "0", "jobs": "12",
      "steps": "2", "hosts": "3", "attempts": "14", "failed_jobs": "0", "unfinished_jobs": "0", "seconds": "5400",
      "created_at": "2026-10-27T07:58:30.000Z", "stopped_at": "2026-10-27T09:28:30.000Z", "cost_usd": "13.297387503",
      "spot_usd": "13", "lost_usd": "0.372126314", "lost_attempts": "9", "failed_usd": "0.8", "rerun_usd": "0.62",
      "spot_hosts": "2", "failed_attempts": "0",
      "host_share_usd": "0", "unplaced_attempts": "0", "unpriced_seconds": "0", "later_attempts": "0",
      "compared_usd": "13.3",
      "on_demand_usd": "35.7", "likely_usd": "0", "collected_at": "2026-11-04T05:20:00.000Z", "bill_usd": "",
      "bill_free_usd": "", "runs": "1", "workflows": "1", "first_workflow": "etl", "last_workflow": "etl",
      "part": "", "is_priced": "1",
    ]
    let names = known.map(\.key)
    let values = known.map { changes[$0.key] ?? $0.value }
    return ["run-summary": names.joined(separator: "|") + "\n" + values.joined(separator: "|")]
  }

  private static func earlier(_ change: String, _ times: String, runs: Int) -> [String: String] {
    let before = String(repeating: "1|1|0.09|||0\n", count: runs - 1)
    let names = "cost_usd|is_priced|cost_per_job_usd|change|times|is_this"
    return ["run-earlier": "\(names)\n\(before)1|1|0.08|\(change)|\(times)|1"]
  }

  static let headlines: [SentenceCase] = [
    SentenceCase("run-headline", "Run brave_hopper of etl cost $13.30; $0.37 of it was lost on Spot", summary()),
    SentenceCase(
      "run-headline", "A run of snakemake cost about $13.30; $0.37 of it was lost on Spot",
      summary([
        "name": "snakemake@2026-10-27T07:58:30Z", "workflow": "snakemake", "client": "snakemake", "is_about": "1",
      ])),
    SentenceCase(
      "run-headline", "A run of snakemake cost <$0.01; nothing was lost on Spot",
      summary([
        "workflow": "snakemake", "is_about": "1", "cost_usd": "0.004", "spot_usd": "0.004", "lost_attempts": "0",
      ])),
    SentenceCase(
      "run-headline", "Run 7 cost $13.30; nothing was lost on Spot",
      summary(["name": "7", "workflow": "tag", "client": "tag", "lost_attempts": "0", "lost_usd": "0"])),
    SentenceCase(
      "run-headline", "Array align cost $2,345, none of it on Spot",
      summary([
        "kind": "array", "name": "align", "workflow": "", "cost_usd": "2345.2", "spot_usd": "0", "spot_hosts": "0",
      ])),
    SentenceCase(
      "run-headline", "Child 1 of array align cost $64.52; nothing was lost on Spot",
      summary(["kind": "child", "name": "align", "part": "1", "cost_usd": "64.52", "lost_attempts": "0"])),
    SentenceCase(
      "run-headline", "One node of job mpi cost $5.36, none of it on Spot",
      summary(["kind": "node", "name": "mpi", "cost_usd": "5.36", "spot_usd": "0", "spot_hosts": "0"])),
    SentenceCase(
      "run-headline", "Job align has cost $0.01 so far; less than a cent of it was lost on Spot",
      summary(["kind": "job", "name": "align", "cost_usd": "0.014", "lost_usd": "0.001", "stopped_at": ""])),
    SentenceCase(
      "run-headline", "These 12 jobs cost $13.30; $0.37 of it was lost on Spot", summary(["kind": "jobs", "name": ""])),
    SentenceCase(
      "run-headline", "These two runs of etl and report cost $13.30; $0.37 of it was lost on Spot",
      summary([
        "kind": "runs", "name": "", "runs": "2", "workflows": "2", "first_workflow": "etl", "last_workflow": "report",
      ])),
    SentenceCase(
      "run-headline", "These three runs of etl have cost $13.30 so far; $0.37 of it was lost on Spot",
      summary([
        "kind": "runs", "name": "", "runs": "3", "workflows": "1", "first_workflow": "etl", "last_workflow": "etl",
        "stopped_at": "",
      ])),
    SentenceCase(
      "run-headline", "These 40 runs of three workflows cost $13.30; $0.37 of it was lost on Spot",
      summary(["kind": "runs", "name": "", "runs": "40", "workflows": "3"])),
    SentenceCase(
      "run-headline", "Run 43d87a97 of sarcoma cost $13.30; $0.37 of it was lost on Spot",
      summary(["name": "43d87a97-38b0-49e1-b711-b7573b164943", "workflow": "sarcoma"])),
    SentenceCase("run-chosen", "Chosen:", summary(["name": "43d87a97-38b0-49e1-b711-b7573b164943"])),
    SentenceCase("run-chosen", "", summary()),
    SentenceCase("run-chosen", "Chosen:", summary(["kind": "jobs", "name": ""])),
    SentenceCase(
      "run-headline", "What run brave_hopper of etl cost is unknown: no price is known",
      summary(["cost_usd": "", "unpriced_seconds": "60"])),
    SentenceCase(
      "run-headline", "What run brave_hopper of etl cost is unknown: no running time of its hosts is known",
      summary(["cost_usd": ""])),
    SentenceCase(
      "run-headline", "What run brave_hopper of etl cost is unknown: no host is known",
      summary(["cost_usd": "", "unplaced_attempts": "14"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $21.98, as the bill divides it",
      summary(["cost_usd": "", "unplaced_attempts": "14", "bill_usd": "21.977", "bill_free_usd": "26.03"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost <$0.01; nothing was lost on Spot",
      summary(["cost_usd": "0.004", "spot_usd": "0.004", "lost_attempts": "0", "lost_usd": "0"])),
    SentenceCase(
      "run-headline", "Nothing of job align has run",
      summary(["kind": "job", "name": "align", "cost_usd": "", "attempts": "0"])),
    SentenceCase(
      "run-headline", "These 12 jobs have cost $13.30 so far; $0.37 of it was lost on Spot",
      summary(["kind": "jobs", "name": "", "stopped_at": ""])),
    SentenceCase(
      "run-headline", "Nothing of these 2 jobs has run",
      summary(["kind": "jobs", "name": "", "jobs": "2", "cost_usd": "", "attempts": "0", "later_attempts": "2"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost at least $13.30; $0.37 of it was lost on Spot",
      summary(["unpriced_seconds": "7200", "is_priced": "0"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $0.00; 5 attempts lost on Spot cost nothing",
      summary(["cost_usd": "0", "spot_usd": "0", "lost_usd": "0", "lost_attempts": "5"])),
    SentenceCase(
      "run-failed-detail", "5 attempts", summary(["failed_usd": "0", "failed_attempts": "5", "failed_jobs": "5"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $13.30; what ran on Spot has no price", summary(["spot_usd": ""])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $13.30; what was lost on Spot is unknown",
      summary(["lost_usd": ""])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $999.99; $0.37 of it was lost on Spot",
      summary(["cost_usd": "999.99"])),
    SentenceCase(
      "run-headline", "Run brave_hopper of etl cost $1,000; $0.37 of it was lost on Spot",
      summary(["cost_usd": "1000.4"])),
    SentenceCase("run-headline", "No jobs were chosen"),
  ]

  static let rest: [SentenceCase] = [
    SentenceCase(
      "run-lede",
      "12 jobs on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. Retried and failed attempts cost $0.80, "
        + "$0.62 of it for work that was run again.", summary(["steps": ""])),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. Retried and failed attempts "
        + "cost $0.80, $0.62 of it for work that was run again.", summary()),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. Retried and failed attempts "
        + "cost $10.61, all of it for work that was run again.", summary(["failed_usd": "10.61", "rerun_usd": "10.61"])),
    SentenceCase(
      "run-lede",
      "1 job on 1 host, since 27 Oct 2026 07:58 UTC; 1 not over. 2 attempts ran on unknown hosts and are not in this cost.",
      summary([
        "jobs": "1", "steps": "1", "hosts": "1", "unfinished_jobs": "1", "stopped_at": "", "failed_usd": "0",
        "unplaced_attempts": "2",
      ])),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. 1 attempt ran on an unknown "
        + "host and is not in this cost.",
      summary(["failed_usd": "0", "unplaced_attempts": "1"])),
    SentenceCase(
      "run-lede",
      "2 jobs, since 27 Oct 2026 07:58 UTC; 2 not over. 2 attempts are said to start after the collection: not charged yet.",
      summary([
        "jobs": "2", "steps": "1", "hosts": "0", "unfinished_jobs": "2", "stopped_at": "", "cost_usd": "",
        "failed_usd": "", "attempts": "0", "later_attempts": "2",
      ])),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. Not included: $26.03 of unused "
        + "capacity on their hosts, by the bill. Its attempts ran on unknown hosts, so its steps have no cost.",
      summary([
        "cost_usd": "", "failed_usd": "", "rerun_usd": "", "unplaced_attempts": "14", "bill_usd": "21.977",
        "bill_free_usd": "26.03",
      ])),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. A job cost 12% less than in "
        + "the two runs before.",
      summary(["failed_usd": "0"]).merging(earlier("-0.12", "0.88", runs: 3)) { $1 }),
    SentenceCase(
      "run-lede",
      "12 jobs of 2 steps on 3 hosts, from 27 Oct 2026 07:58 UTC to 27 Oct 2026 09:28 UTC. A job cost 4.5 times as "
        + "much as in the run before. Its client names no run, so it is inferred from times, and approximate.",
      summary(["failed_usd": "0", "is_about": "1"]).merging(earlier("3.51", "4.51", runs: 2)) { $1 }),
    SentenceCase("run-earlier-title", "$0.08 a job, 12% less than before", earlier("-0.12", "0.88", runs: 3)),
    SentenceCase("run-earlier-title", "$0.08 a job, 4.5 times as much as before", earlier("3.51", "4.51", runs: 2)),
    SentenceCase("run-earlier-title", "The runs before it", earlier("", "", runs: 2)),
    SentenceCase("run-earlier-title", ""),
    SentenceCase("run-earlier-about", "", summary()),
    SentenceCase(
      "run-earlier-about", ". Its client names no runs: they are inferred from times, and approximate",
      summary(["is_about": "1"])),
    SentenceCase("run-likely", "", summary()),
    SentenceCase(
      "run-likely", ", $0.30 of it probably, inferred from step and time alone", summary(["likely_usd": "0.3"])),
    SentenceCase("run-bill-detail", "and $26.03 of free capacity", summary(["bill_free_usd": "26.03"])),
    SentenceCase("run-lost-detail", "9 attempts", summary()),
    SentenceCase("run-lost-detail", "no attempt was lost", summary(["lost_attempts": "0"])),
    SentenceCase("run-failed-detail", "$0.62 run again", summary()),
    SentenceCase("run-failed-detail", "nothing run again", summary(["rerun_usd": "0"])),
    SentenceCase("run-failed-detail", "no attempt failed", summary(["failed_usd": "0"])),
    SentenceCase(
      "run-colours", "; gold: Spot, blue: On-Demand, red: retried or failed",
      ["run-timeline": "kind|is_gathered\nspot|0\nfailed|0\non-demand|0"]),
    SentenceCase(
      "run-colours", "; gold: Spot, red: retried or failed, tick: lost with its Spot host",
      ["run-timeline": "kind|is_gathered\nspot|0\nlost|0"]),
    SentenceCase("run-colours", "; gold: Spot", ["run-timeline": "kind|is_gathered\nspot|1"]),
    SentenceCase(
      "run-stragglers-subtitle",
      "Jobs that ran at least twice as long as the median of their step, and at least a minute longer; the eight that differ "
        + "most", ["run-stragglers": "step" + String(repeating: "\nalign", count: 9)]),
    SentenceCase(
      "run-total", "12 jobs on 3 hosts, 1.5 h; 2 failed and 1 not over",
      summary(["failed_jobs": "2", "unfinished_jobs": "1"])),
    SentenceCase(
      "run-total", "12 jobs on Fargate, 1.5 h",
      summary(["failed_jobs": "0", "unfinished_jobs": "0"]).merging(["run-timeline": "kind\nfargate\nfailed"]) { $1 }),
    SentenceCase(
      "run-steps-title", "…BASERECALIBRATOR_GATK4_BASERECALIBRATOR is half of the cost",
      [
        "run-steps":
          "step|share|cost_usd\nNFCORE_SAREK:SAREK:BAM_BASERECALIBRATOR:BASERECALIBRATOR_GATK4_BASERECALIBRATOR|0.5|1\nb|0.5|1"
      ]),
    SentenceCase("run-on-demand-detail", "63% less was paid", summary()),
    SentenceCase("run-on-demand-detail", "no saving", summary(["compared_usd": "35.7"])),
    SentenceCase(
      "run-lanes-title", "It took 1.5 h", summary().merging(["run-timeline": "is_gathered|kind\n0|spot"]) { $1 }),
    SentenceCase("run-lanes-title", "", summary().merging(["run-timeline": "is_gathered|kind\n1|spot"]) { $1 }),
    SentenceCase(
      "run-gathered-title", "It has taken 1.5 h",
      summary(["stopped_at": ""]).merging(["run-timeline": "is_gathered|kind\n1|spot"]) { $1 }),
    SentenceCase("run-gathered-title", ""),
    SentenceCase(
      "run-steps-title", "align is three quarters of the cost", ["run-steps": "step|share\nalign|0.75\nmerge|0.25"]),
    SentenceCase("run-steps-title", "What its steps cost", ["run-steps": "step|share\nalign|1"]),
    SentenceCase("run-path-title", "", summary().merging(["run-critical-path": "step|share\nalign|1"]) { $1 }),
    SentenceCase(
      "run-path-title", "",
      summary(["kind": "jobs"]).merging(["run-critical-path": "step|share\nalign|0.4\nmerge|0.6"]) { $1 }),
    SentenceCase(
      "run-heading", "What it waited for, and what failed",
      summary().merging([
        "run-critical-path": "step\nalign\nmerge", "retry-cost-by-job-definition": "step\nalign",
      ]) { $1 }),
    SentenceCase(
      "run-heading", "What it waited for", summary().merging(["run-critical-path": "step\nalign\nmerge"]) { $1 }),
    SentenceCase(
      "run-heading", "What failed",
      summary(["kind": "jobs"]).merging([
        "run-critical-path": "step\nalign\nmerge", "retry-cost-by-job-definition": "step\nalign",
      ]) { $1 }),
    SentenceCase("run-cost", "$13.30", summary()),
    SentenceCase("run-cost", "$1,114", summary(["cost_usd": "1113.97"])),
    SentenceCase("run-on-demand", "$1,146", summary(["cost_usd": "1113.97", "on_demand_usd": "1145.61"])),
    SentenceCase(
      "run-path-title", "It waited for merge, 60% of its time",
      summary().merging([
        "run-critical-path": "step|submit_seconds|queued_seconds|ran_seconds\nalign|0|10|30\nmerge|0|20|40"
      ]) { $1 }),
    SentenceCase(
      "run-path-title", "What it waited for",
      summary().merging([
        "run-critical-path": "step|submit_seconds|queued_seconds|ran_seconds\n"
          + (0..<20).map { "s\($0)|0|0|\($0 % 2 == 0 ? 9 : 8)" }.joined(separator: "\n")
      ]) { $1 }),
    // Six of nine hours passed before its client submitted the next job.
    SentenceCase(
      "run-path-title", "It waited for its client to submit jobs, 67% of its time",
      summary().merging([
        "run-critical-path": "step|submit_seconds|queued_seconds|ran_seconds\nd0|0|60|3540\nd9|21600|600|6600"
      ]) { $1 }),
    SentenceCase("run-stragglers-title", "", ["run-stragglers": "step\n"]),
    SentenceCase(
      "run-stragglers-title", "One job took at least twice as long as others of its step",
      ["run-stragglers": "step\nalign"]),
    SentenceCase(
      "run-stragglers-title", "2 jobs took at least twice as long as others of their step",
      ["run-stragglers": "step\nalign\nalign"]),
    SentenceCase(
      "run-failures-title", "$0.80 of retried and failed attempts",
      summary().merging(["retry-cost-by-job-definition": "step\nalign"]) { $1 }),
    SentenceCase("run-failures-title", "", summary()),
    SentenceCase("run-sizes-title", "", ["run-steps": "memory_gib_used|vcpus_used\n|"]),
    SentenceCase(
      "run-sizes-title", "What it asked for, and what it used", ["run-steps": "memory_gib_used|vcpus_used\n1|"]),
    SentenceCase(
      "run-scenarios-title", "All On-Demand, it would have cost $21 more",
      ["run-scenarios": "scenario|cost_usd|change_usd\nas it ran|30|0\non-demand|51.06|21.06\nspot|30|0"]),
    SentenceCase(
      "run-scenarios-title", "All on Spot, it would have cost $5.00 less",
      ["run-scenarios": "scenario|cost_usd|change_usd\nas it ran|30|0\non-demand|32|2\nspot|25|-5"]),
    SentenceCase(
      "run-scenarios-title", "No other price is known for those hours",
      ["run-scenarios": "scenario|cost_usd|change_usd|unknown_usd\nas it ran|30|0|0\nspot|30|0|13"]),
    SentenceCase(
      "run-scenarios-title", "Other purchase options would have cost about the same",
      ["run-scenarios": "scenario|cost_usd|change_usd|unknown_usd\nas it ran|30|0|0\non-demand|30.001|0.001|0"]),
    SentenceCase("run-scenario", "All on Spot", row: "scenario\nspot"),
    SentenceCase("run-days", "27 Oct 2026", summary()),
    SentenceCase("run-days", "27 – 29 Oct 2026", summary(["stopped_at": "2026-10-29T00:00:00.000Z"])),
    SentenceCase("run-days", "27 Oct – 4 Nov 2026", summary(["stopped_at": ""])),
    SentenceCase("run-days", "", summary(["created_at": ""])),
  ]

  @Test(arguments: headlines + rest) func sentence(_ item: SentenceCase) throws {
    #expect(try item.said() == item.expected)
  }
}
