import ArgumentParser
import Base

/// Commented scenarios, one a common question.
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
      # Everything On-Demand on Spot instead.
      name: All Spot
      environments:
        - name: all                     # or one compute environment by its name
          purchase: spot                # on-demand, spot, fargate, fargate-spot, managed-instances
          allocation_strategy: SPOT_PRICE_CAPACITY_OPTIMIZED
          # on_demand_share: 20%        # this part of the instances is bought On-Demand all the same

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
          # slowdown: {m6g: 1.1}            # jobs run this much longer there; 1 where nothing is said

      """
    ),
    (
      "smaller",
      """
      # Smaller instances: they end as their jobs end.
      name: Smaller instances
      environments:
        - name: ondemand-x86
          largest_vcpus: 16             # larger ones only for jobs that no smaller one holds

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
      # No instances where there are no jobs.
      name: Minimum vCPUs to zero
      environments:
        - name: all
          min_vcpus: 0
          scale_down_delay_minutes: 0   # what keeps an instance after its last job
      longest_wait_minutes: 5           # the answer says whether 95 in 100 jobs wait less

      """
    ),
    (
      "sizes",
      """
      # Every job definition asks for what `batchcost rightsize` advises.
      name: All advised sizes
      sizes: advised
      # jobs:                           # or given ones
      #   - {definition: train, vcpus: 4, memory_mib: 15360}

      """
    ),
  ]
}
