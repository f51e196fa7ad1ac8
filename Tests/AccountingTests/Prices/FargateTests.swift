import Domain
import Store
import Testing

@testable import Accounting

/// What a Fargate task pays for: what ECS describes, else what its job says. 1 vCPU and 2 GB for 1 h.
@Suite struct FargateTests {
  private func account(_ environment: String = "FARGATE") -> SmallAccount {
    var account = SmallAccount()
    account.environment = environment
    account.requirements = #"{"type":"VCPU","value":"1"},{"type":"MEMORY","value":"2048"}"#
    account.products = [
      ("Fargate-vCPU-Hours:perCPU", "0.04"), ("Fargate-GB-Hours", "0.004"),
      ("Fargate-ARM-vCPU-Hours:perCPU", "0.03"), ("Fargate-ARM-GB-Hours", "0.003"),
      ("Fargate-Windows-vCPU-Hours:perCPU", "0.09"), ("Fargate-Windows-GB-Hours", "0.01"),
      ("Fargate-Windows-OS-Hours:perCPU", "0.046"), ("Fargate-EphemeralStorage-GB-Hours", "0.0001"),
      // As bills and the price list write it.
      ("SpotUsage-Fargate-ARM-vCPU-Hours:perCPU", "0.01"), ("SpotUsage:Fargate-ARM-GB-Hours", "0.001"),
    ].map(SmallAccount.fargatePrice)
    return account
  }

  private func task(_ members: String) -> String {
    """
    {"tasks":[{"taskArn":"arn:aws:ecs:us-west-2:111122223333:task/AWSBatch-ce1-0000/11111111111111111111111111111111",
      "launchType":"FARGATE","lastStatus":"STOPPED","pullStartedAt":"2026-05-04T10:15:00Z",
      "stoppedAt":"2026-05-04T11:15:00Z",\(members)}]}
    """
  }

  private func cost(_ account: SmallAccount) throws -> [String] {
    let database = try account.built()
    #expect(try database.read(LedgerCheck.failures).isEmpty)
    return try database.lines("SELECT cost FROM resource")
  }

  @Test("Its job gives architecture and operating system: x86 $0.048, ARM $0.036, Windows $0.156")
  func fromTheJob() throws {
    #expect(try cost(account()) == ["48000000"])
    var arm = account()
    arm.containerMembers = #","runtimePlatform":{"cpuArchitecture":"ARM64"}"#
    #expect(try cost(arm) == ["36000000"])
    var windows = account()
    windows.containerMembers = #","runtimePlatform":{"operatingSystemFamily":"WINDOWS_SERVER_2022_CORE"}"#
    #expect(try cost(windows) == ["156000000"])
  }

  @Test(
    "ECS gives them too, the task's size, which may exceed the sum of its containers, and its storage",
    arguments: [
      (#""attributes":[{"name":"ecs.cpu-architecture","value":"arm64"}]"#, "36000000"),
      (#""platformFamily":"Windows-2022-Core""#, "156000000"), (#""cpu":"2048","memory":"5120""#, "100000000"),
      (#""ephemeralStorage":{"sizeInGiB":120}"#, "58000000"),
    ])
  func fromTheTask(members: String, cost: String) throws {
    var account = account()
    account.others = [task(members)]
    #expect(try self.cost(account) == [cost])
  }

  @Test("Fargate Spot on ARM: $0.012, however the price list spells it")
  func spot() throws {
    var account = account("FARGATE_SPOT")
    account.containerMembers = #","runtimePlatform":{"cpuArchitecture":"ARM64"}"#
    #expect(try cost(account) == ["12000000"])
  }

  @Test("A task that is described later, larger than before: the next build charges it anew")
  func describedLater() throws {
    var account = account()
    let database = try account.built()
    account.others = [task(#""cpu":"1024","memory":"2048""#)]
    _ = try account.built(into: database)
    #expect(try database.lines("SELECT cost FROM resource") == ["48000000"])
    account.others = [task(#""cpu":"2048","memory":"5120","version":2"#)]
    _ = try account.built(into: database)
    #expect(try database.lines("SELECT cost FROM resource") == ["100000000"])
  }
}
