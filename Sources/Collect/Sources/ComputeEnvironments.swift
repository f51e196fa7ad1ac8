extension Table.Layout {
  static let computeEnvironment = Table.Layout(
    "compute_environment",
    """
    arn name account_region uuid cluster_arn management orchestration resource_type state allocation_strategy
    minimum_vcpus maximum_vcpus desired_vcpus scale_down_delay_minutes bid_percentage instance_types tags described
    """, key: "arn", .latest)
}

/// Batch DescribeComputeEnvironments.
extension Page {
  mutating func addComputeEnvironment(_ environment: JSONValue) {
    guard let arn = requiredARN(environment["computeEnvironmentArn"]) else { return }
    count(.computeEnvironments)
    let resources = object(environment["computeResources"], "computeResources")
    let types = resources?["instanceTypes"].map { list($0, "computeResources.instanceTypes").compactMap(\.text) }

    begin(.computeEnvironment)
    put(arn)
    put(text(environment["computeEnvironmentName"], "computeEnvironmentName") ?? arn.afterLastSlash)
    put(reference: accountRegion(arn))
    put(text(environment["uuid"], "uuid"))
    put(text(environment["ecsClusterArn"], "ecsClusterArn"))
    put(text(environment["type"], "type"))
    put(text(environment["containerOrchestrationType"], "containerOrchestrationType"))
    put(text(resources?["type"], "computeResources.type"))
    put(text(environment["state"], "state"))
    put(text(resources?["allocationStrategy"], "computeResources.allocationStrategy"))
    put(resources?["minvCpus"].flatMap { quantity($0, "computeResources.minvCpus") })
    put(resources?["maxvCpus"].flatMap { quantity($0, "computeResources.maxvCpus") })
    put(resources?["desiredvCpus"].flatMap { quantity($0, "computeResources.desiredvCpus") })
    put(
      (environment["scalingPolicy"] ?? resources?["scalingPolicy"])?["minScaleDownDelayMinutes"].flatMap {
        quantity($0, "computeResources.scalingPolicy.minScaleDownDelayMinutes")
      })
    put(resources?["bidPercentage"].flatMap { quantity($0, "computeResources.bidPercentage") })
    put(bytes: types.map(jsonArray))
    put(bytes: environment["tags"].flatMap { tags($0) })
    put(true)
    end(progress: observedAt)
  }
}
