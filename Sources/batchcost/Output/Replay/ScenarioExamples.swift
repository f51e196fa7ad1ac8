import ArgumentParser
import Base

/// Commented scenarios, one for each common question.
enum ScenarioExamples {
  static func text(_ name: String) throws -> String {
    if name == "all" { return all.map { "# \($0.name).yaml\n\($0.yaml)" }.joined(separator: "\n") }
    guard let example = all.first(where: { $0.name == name }) else {
      throw ValidationError(
        "--examples \(name): \(all.map(\.name).joined(separator: ", ")) or all"
          + Spelling.hint(name, among: all.map(\.name)))
    }
    return example.yaml
  }

  static let all: [(name: String, yaml: String)] = [
    (
      "spot",
      """
      # Spot instead of On-Demand everywhere.
      name: All Spot
      environments:
        - name: all                     # or one compute environment by its name
          purchase: spot                # on-demand, spot, fargate, fargate-spot, managed-instances
          allocation_strategy: SPOT_PRICE_CAPACITY_OPTIMIZED
          # on_demand_share: 20%        # this share of the instances stays On-Demand

      """
    ),
    (
      "graviton",
      """
      # The same on Graviton: only if the images exist for arm64.
      name: Graviton
      environments:
        - name: ondemand-x86
          instance_types: [m6g, c6g, r6g]   # types or families, in place of the environment's own
          # slowdown: {m6g: 1.1}            # jobs run this much longer there; 1 by default

      """
    ),
    (
      "smaller",
      """
      # Smaller instances: they end as their jobs end.
      name: Smaller instances
      environments:
        - name: ondemand-x86
          largest_vcpus: 16             # larger ones only for jobs that fit on no smaller one

      """
    ),
    (
      "larger",
      """
      # Larger instances: fewer boots, and more jobs side by side.
      name: Larger instances
      environments:
        - name: spot-general
          instance_types: [r5.24xlarge]

      """
    ),
    (
      "fargate",
      """
      # Short jobs on Fargate, which has no instance to keep for them.
      name: Fargate for short jobs
      move:
        - queue: urgent-ondemand        # left out: all queues
          to: fargate                   # or fargate-spot, spot, on-demand
          shorter_than_minutes: 10
          largest_vcpus: 4
          largest_memory_mib: 30720

      """
    ),
    (
      "minimum",
      """
      # No instances while there are no jobs.
      name: Minimum vCPUs to zero
      environments:
        - name: all
          min_vcpus: 0
          scale_down_delay_minutes: 0   # how long an instance stays after its last job
      longest_wait_minutes: 5           # the answer says whether 95 in 100 jobs wait less

      """
    ),
    (
      "sizes",
      """
      # Every job definition asks for what `batchcost rightsize` advises.
      name: All advised sizes
      sizes: advised
      # jobs:                           # or your own
      #   - {definition: train, vcpus: 4, memory_mib: 15360}

      """
    ),
  ]
}
