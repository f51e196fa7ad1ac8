import Domain
import Testing

@testable import Replay

@Suite struct ScenarioTests {
  private func scenario(_ yaml: String) throws -> Scenario {
    try ScenarioReader(try SmallAccount().recollection().history).read(yaml: yaml, name: "s.yaml")
  }

  private func message(_ yaml: String) -> String {
    do {
      _ = try scenario(yaml)
      return "no error"
    } catch { return "\(error)" }
  }

  @Test(
    "What a scenario names must exist",
    arguments: [
      ("environment: []", "s.yaml:1: no setting \"environment\" (did you mean \"environments\"?)"),
      (
        "environments:\n  - name: on-demnd\n",
        "s.yaml:2: environments: \"name\" is \"on-demnd\", and there is no such compute environment (did you mean \"on-demand\"?)"
      ),
      (
        "environments:\n  - name: spot\n    instance_types: [c5.xlrge]\n",
        "s.yaml:3: environments: \"instance_types\" names \"c5.xlrge\", an instance type that was never collected (did you mean \"c5.xlarge\"?)"
      ),
      (
        "environments:\n  - name: spot\n    instance_types: [m6g]\n",
        "s.yaml:3: environments: \"instance_types\" names \"m6g\", of which no price was collected"
      ),
      (
        "environments:\n  - name: spot\n    min_vcpu: 3\n",
        "s.yaml:3: environments has no property \"min_vcpu\" (did you mean \"min_vcpus\"?)"
      ),
      (
        "environments:\n  - name: kubernetes\n",
        "s.yaml:2: environments: \"name\" is kubernetes, which is EKS: environments of this kind are not replayed"
      ),
      (
        "environments:\n  - name: on-demand\n    allocation_strategy: SPOT_CAPACITY_OPTIMIZED\n",
        "s.yaml:3: environments: \"allocation_strategy\" SPOT_CAPACITY_OPTIMIZED is not for On-Demand instances"
      ),
      (
        "environments:\n  - name: on-demand\n    min_vcpus: -1\n",
        "s.yaml:3: environments: \"min_vcpus\" is -1, and must be 0 to 1000000"
      ),
      (
        "environments:\n  - name: fargate\n    min_vcpus: 4\n",
        "s.yaml:3: environments: \"min_vcpus\" is about instances, and fargate has none: it is Fargate"
      ),
      (
        "environments:\n  - name: on-demand\n    on_demand_share: 20%\n",
        "s.yaml:3: environments: \"on_demand_share\" is for Spot, and on-demand is On-Demand"
      ),
      (
        "environments:\n  - name: on-demand\n    max_vcpus: 0\n",
        "s.yaml:3: environments: \"max_vcpus\" is 0, with which no job would ever run"
      ),
      (
        "environments:\n  - name: on-demand\n    min_vcpus: 300\n",
        "s.yaml:3: environments: \"min_vcpus\" makes the minimum of on-demand, 300, larger than its maximum, 256"
      ),
      (
        "environments:\n  - name: on-demand\n    region: eu-wst-1\n",
        "s.yaml:3: environments: \"region\" is \"eu-wst-1\", of which no price was collected (did you mean \"eu-west-1\"?)"
      ),
      (
        "queues:\n  - name: spot\n    environments: []\n",
        "s.yaml:3: queues: \"environments\" is empty: no job of the queue would ever run"
      ),
      (
        "queues:\n  - name: spot\n    environments: [spot, spot]\n",
        "s.yaml:3: queues: \"environments\" names one of them twice"
      ),
      (
        "jobs:\n  - definition: one\n    memory_mib: 40000000\n",
        "s.yaml:3: jobs: \"memory_mib\" is 40000000 MiB, and must be at least 1 and at most 32 TiB, 33554432"
      ),
      (
        "jobs:\n  - definition: oen\n    vcpus: 1\n",
        "s.yaml:2: jobs: \"definition\" is \"oen\", and there is no such job definition (did you mean \"one\"?)"
      ),
      ("sizes: advised", "s.yaml:1: \"sizes\" is advised, and no usage was measured to advise from"),
      (
        "move:\n  - queue: spto\n    to: spot\n",
        "s.yaml:2: move: \"queue\" is \"spto\", and there is no such job queue (did you mean \"spot\"?)"
      ),
    ])
  func errors(_ yaml: String, _ expected: String) { #expect(message(yaml) == expected) }

  @Test("Half the size On-Demand: 90 minutes at $0.10") func smaller() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = """
      environments:
        - name: on-demand
          instance_types: [c5.large]
      jobs:
        - {definition: one, memory_mib: 2048}
      """
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "s.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    let answer = try Oracle(recollection, days: days, seeds: 1).answer(scenario)
    #expect(answer.replayed.results[0].environments[1].cost == 150_000_000)
    #expect(answer.actual.cost == 587_283_333)
  }

  @Test("A job too large for every type is named, with what it needs") func infeasible() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = "environments:\n  - name: on-demand\n    instance_types: [c5.large]\n"
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "small.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    #expect(throws: Infeasible.self) { try Oracle(recollection, days: days, seeds: 1).answer(scenario) }
    do { _ = try Oracle(recollection, days: days, seeds: 1).answer(scenario) } catch {
      #expect(
        "\(error)"
          == "small: no instance type of its environments holds 1 job of one in on-demand, which needs 2 vCPUs, 4096 MiB"
      )
    }
  }

  @Test("A move that takes no job is an error, not an answer of no saving") func nothingMoves() throws {
    let recollection = try SmallAccount().recollection()
    let yaml = "move:\n  - queue: on-demand\n    to: fargate\n    largest_vcpus: 1\n"
    let scenario = try ScenarioReader(recollection.history).read(yaml: yaml, name: "short.yaml")
    let days = TinyWorld.monday..<(TinyWorld.monday + 1)
    #expect(throws: NothingMoves(scenario: "short")) {
      try Oracle(recollection, days: days, seeds: 1).answer(scenario)
    }
  }

  @Test("A scenario without changes is empty; `all` names every environment whose purchase can change") func empty()
    throws
  {
    #expect(try scenario("name: nothing").isEmpty)
    #expect(try scenario("environments:\n  - name: all\n    purchase: spot\n").environments.count == 2)
  }
}
