import Testing

@testable import Domain

@Suite struct LifecycleTests {
  @Test(
    "How an instance was launched, and how it is paid for",
    arguments: [
      (String?.none, Lifecycle.onDemand, PurchaseOption.onDemand), ("", .onDemand, .onDemand),
      ("on-demand", .onDemand, .onDemand), ("spot", .spot, .spot), ("capacity-block", .capacityBlock, .capacityBlock),
      ("interruptible-capacity-reservation", .interruptibleReservation, .interruptibleReservation),
      ("outpost", .outpost, .unknown), ("scheduled", .other("scheduled"), .unknown),
    ]) func lifecycles(description: String?, lifecycle: Lifecycle, option: PurchaseOption)
  {
    #expect(Lifecycle(description: description) == lifecycle)
    #expect(lifecycle.option == option)
  }

  @Test("The lifecycle that a purchase option implies; none where several are possible")
  func ofOptions() {
    #expect(PurchaseOption.spot.lifecycle == .spot)
    #expect(PurchaseOption.capacityBlock.lifecycle == .capacityBlock)
    #expect(PurchaseOption.interruptibleReservation.lifecycle == .interruptibleReservation)
    let others: [PurchaseOption] = [.onDemand, .fargate, .fargateSpot, .savingsPlan, .reserved, .unknown, .sageMaker]
    #expect(others.allSatisfy { $0.lifecycle == nil })
  }

  @Test(
    "Types of compute environments, and what an instance that nobody described pays",
    arguments: [
      ("EC2", EnvironmentType.ec2, PurchaseOption?.some(.onDemand)), ("SPOT", .spot, .spot), ("FARGATE", .fargate, nil),
      ("FARGATE_SPOT", .fargateSpot, nil), ("ECS_MANAGED_INSTANCES", .managedInstances, nil),
      ("ec2", .other("ec2"), nil),
    ]) func environments(name: String, type: EnvironmentType, option: PurchaseOption?)
  {
    #expect(EnvironmentType(name) == type)
    #expect(type.option == option)
  }

  @Test func kindsOfJobs() {
    #expect(JobKind.thatRun == [.single, .arrayChild, .node, .service])
    #expect(JobPlatform.allCases.map(\.name) == ["EC2", "Fargate", "EKS", "SageMaker"])
    #expect(JobPlatform.allCases.map(\.runsOnInstances) == [true, false, true, false])
    #expect(JobPlatform.hasTasks("platform") == "platform IN (1, 3)")
    #expect(BillCharge.ofUsage == [.usage, .covered, .discounted])
    #expect(PurchaseOption.allCases.filter(\.isSpot) == [.spot, .fargateSpot])
  }

  @Test func accounts() {
    #expect(
      Account.allCases.map(\.name) == [
        "attempt", "startup", "unused.boot", "unused.packing", "unused.gap", "unused.tail", "unused.idle",
        "unused.reserved",
      ])
    #expect(Account.allCases.filter(\.isUnused) == Account.unused)
  }
}
