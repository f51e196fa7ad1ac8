import Base
import Domain

/// What a row of the query `advice` says: what to do, the evidence, what runs now, what to change, what the estimate
/// assumes, what may get worse, and how sure its replay is.
extension Sentence {
  static let advice = [
    adviceSentence("advice-title", title), adviceSentence("advice-explanation", explanation),
    adviceSentence("advice-now", now), adviceSentence("advice-change", change), adviceSentence("advice-note", note),
    adviceSentence("advice-risk", risk), adviceSentence("advice-replay", replay),
  ]

  /// What to do, for one row of the query `advice`, in English.
  package static func adviceTitle(_ table: DataTable, row: Int) throws -> String {
    let writer = FactWriter(formatter: Formatter(locale: .english))
    let row = FactRow(query: "advice", result: table, index: row, writer: writer)
    return try row.adviceRule.map { try title($0, row) } ?? ""
  }

  private static func adviceSentence(
    _ name: String, _ words: @escaping @Sendable (AdviceRule, FactRow) throws -> String
  ) -> Sentence {
    Sentence(name) { facts in
      try facts.row.adviceRule.map { try words($0, facts.row) } ?? ""
    }
  }

  private static func title(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    let environment = try row.name("environment")
    switch rule {
    case .family: return "Offer \(try row.name("offered")) before \(try row.name("replaced")) in \(environment)"
    case .fargate: return "Run small jobs of \(environment) on Fargate"
    case .generation: return "Offer \(try row.name("offered")) for \(try row.name("replaced")) in \(environment)"
    case .gpuSize: return "Keep one-GPU jobs off instances with several GPUs in \(environment)"
    case .instanceSize: return "Offer smaller instances in \(environment)"
    case .minimumVCPUs: return "Let \(environment) scale down to no vCPUs"
    case .packing:
      return "Ask for \(try row.integer("advised_mib")) MiB instead of \(try row.integer("requested_mib")) "
        + "in \(try row.name("job_definition"))"
    case .retryOnSpot: return "Retry interrupted jobs of \(try row.name("place")) on Spot first"
    case .scaleDown: return "Drop the scale-down delay of \(environment)"
    case .spotShare: return "Run short jobs of \(try row.name("place")) on Spot"
    }
  }

  private static func explanation(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    let saving = try row.usd("saving_usd")
    switch rule {
    case .family:
      return "Jobs there reserve \(try row.percent("vcpu_share")) of the vCPUs but "
        + "\(try row.percent("memory_share")) of the memory that we pay for. The same vCPUs on "
        + "\(try row.name("offered")) \(try row.isSpot ? "cost" : "list for") \(try row.percent("cheaper_share")) less."
    case .fargate:
      return
        "\(try row.beginning("attempts", "attempts")) of up to 4 vCPUs and 30 GiB cost \(try row.usd("cost_usd")) with "
        + "their share of free capacity; Fargate lists the same for \(try row.usd("elsewhere_usd"))."
    case .generation:
      return "A vCPU of \(try row.name("offered")) is newer and lists for \(try row.percent("cheaper_share")) less."
    case .gpuSize:
      return "\(try row.beginning("attempts", "attempts")) with one GPU ran on \(try row.types), where "
        + "\(try row.percent("gpu_share")) of the GPUs were reserved. At 80%, that is \(saving) less."
    case .instanceSize:
      return
        "While jobs ran on \(try row.types), \(try row.reserved) \(try row.known("vcpu_share") ? "were" : "was") reserved and the rest was free. "
        + "At 80% beside jobs of up to 16 vCPUs, that is \(saving) less."
    case .minimumVCPUs:
      return "Its minimum is \(try row.count("minimum_vcpus", "vCPUs")); instances without a job cost \(saving)."
    case .packing:
      return "\(try row.integer("requested_mib")) MiB just misses fitting once more on \(try row.types), which has "
        + "\(try row.integer("host_mib")) MiB for jobs."
    case .retryOnSpot:
      return
        "\(try row.beginning("attempts", "re-runs")) landed on On-Demand, \(saving) above the Spot price of those hours."
    case .scaleDown:
      return "It keeps instances for \(try row.count("delay_minutes", "minutes")) after their last job; that time cost "
        + "\(saving), and saved boots worth \(try row.usd("boot_usd"))."
    case .spotShare:
      return "\(try row.beginning("attempts", "attempts")) of half an hour or less cost \(try row.usd("cost_usd")) "
        + "On-Demand; Spot cost \(try row.percent("cheaper_share")) less that week."
    }
  }

  private static func now(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    switch rule {
    case .family:
      return "\(try row.types), \(try row.count("instances", "instances")); \(try row.percent("vcpu_share")) of vCPUs "
        + "and \(try row.percent("memory_share")) of memory reserved"
    case .fargate: return "\(try row.count("attempts", "small attempts")) on \(try row.types)"
    case .generation: return "\(try row.types), \(try row.count("instances", "instances"))"
    case .gpuSize: return "\(try row.types); \(try row.count("attempts", "attempts")) with one GPU"
    case .instanceSize:
      return "\(try row.types), \(try row.count("instances", "instances")); \(try row.reserved) reserved"
    case .minimumVCPUs: return "Minimum \(try row.count("minimum_vcpus", "vCPUs"))"
    case .packing: return "\(try row.integer("requested_mib")) MiB on \(try row.types)"
    case .retryOnSpot:
      return
        "\(try row.count("attempts", "re-runs")) after interruptions fell through to \(try row.name("environment"))"
    case .scaleDown: return "Scale-down delay \(try row.count("delay_minutes", "minutes"))"
    case .spotShare: return "No Spot environment; \(try row.usd("cost_usd")) of short jobs On-Demand"
    }
  }

  private static func change(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    switch rule {
    case .family:
      let gib = (try row.number("offered_mib_per_vcpu") ?? 0) / 1024
      let digits = row.writer.map { Digits(locale: $0.formatter.locale) } ?? .english
      return "Offer \(try row.name("offered")) first; keep \(try row.name("family")) for jobs above "
        + "\(digits.fixed(gib, places: gib == gib.rounded() ? 0 : 1)) GiB per vCPU"
    case .fargate: return "Give jobs of up to 4 vCPUs and 30 GiB a Fargate environment"
    case .generation: return "Offer \(try row.name("offered")) first"
    case .gpuSize: return "Offer types with one GPU; give jobs with several a queue of their own"
    case .instanceSize: return "Offer sizes below 32 vCPUs, and the large ones only for jobs that need them"
    case .minimumVCPUs: return "Set the minimum to 0"
    case .packing: return "Ask for \(try row.integer("advised_mib")) MiB"
    case .retryOnSpot: return "Put a second Spot environment before \(try row.name("environment"))"
    case .scaleDown: return "Unset the delay"
    case .spotShare: return "Put a Spot environment before \(try row.name("environment"))"
    }
  }

  private static func note(_ rule: AdviceRule, _ row: FactRow) -> String {
    switch rule {
    case .family: "if every job moves"
    case .fargate: "if instances shrink by as much"
    case .generation: "at list prices, at the same speed"
    case .gpuSize: "at 80% of GPUs reserved"
    case .instanceSize: "with 80% of the scarcer resource reserved"
    case .minimumVCPUs: "before the cost of more boots"
    case .packing: "if the freed memory is used"
    case .retryOnSpot: "at the Spot price of those hours"
    case .scaleDown: "before the cost of more boots"
    case .spotShare: "before interruptions"
    }
  }

  /// How far a replayed saving spreads, and why it may be above the estimate, which counts nothing but the instances
  /// that the advice names; or why there is none.
  private static func replay(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    guard let saving = try row.number("replayed_usd") else { return try row.name("replayed_note") }
    let spread = try row.number("replayed_spread_usd") ?? 0
    let words = "± \(try row.usd("replayed_spread_usd"))"
    if abs(saving) <= spread { return "\(words): perhaps nothing" }
    guard saving - spread > (try row.number("saving_usd") ?? .infinity) else { return words }
    return rule == .gpuSize
      ? "\(words); jobs move to cheaper GPUs too, taken to be as fast" : "\(words); other instances cost less too"
  }

  private static func risk(_ rule: AdviceRule, _ row: FactRow) throws -> String {
    switch rule {
    case .family:
      return try row.isSpot
        ? "other Spot pools may be shallower" : "jobs that need the memory of a large instance stay where they are"
    case .fargate: return "images are pulled for each job; no GPUs, 16 vCPUs and 120 GB at most"
    case .generation: return "sizes differ between generations"
    case .gpuSize: return "one-GPU types may be scarcer"
    case .instanceSize: return try row.isSpot ? "fewer Spot pools to choose from" : "more instances to start"
    case .minimumVCPUs: return "the first jobs wait for an instance"
    case .packing:
      let (asked, left) = (try row.number("requested_mib") ?? 0, try row.number("advised_mib") ?? 0)
      let less = row.writer?.formatter.text(.real(asked > 0 ? (asked - left) / asked : 0), NumberFormat(.percent)) ?? ""
      return "\(less) less memory for each job"
    case .retryOnSpot: return "a re-run may be interrupted again"
    case .scaleDown: return "more jobs wait for an instance"
    case .spotShare: return "interruptions delay urgent jobs"
    }
  }
}

extension FactRow {
  /// Nil for a rule that only a newer program knows.
  fileprivate var adviceRule: AdviceRule? { get throws { AdviceRule(rawValue: try cell("rule").plain) } }

  fileprivate var isSpot: Bool { get throws { try cell("purchase").plain == "spot" } }

  /// The most expensive types, three at most.
  fileprivate var types: String {
    get throws {
      let names = try name("instance_types").split(separator: ", ").map(String.init)
      return names.count > 3 ? names.prefix(3).joined(separator: ", ") + " and others" : enumeration(names)
    }
  }

  /// The share of the resource that limits packing: `60% of the vCPUs`.
  fileprivate var reserved: String {
    get throws {
      try known("vcpu_share")
        ? "\(percent("vcpu_share")) of the vCPUs" : "\(percent("memory_share")) of the memory"
    }
  }
}
