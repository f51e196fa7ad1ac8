import Store

/// The columns of `compute_environment` that are collected.
enum ComputeEnvironmentColumn: Int32, TableColumns {
  case arn, name, accountRegion, uuid, clusterArn, management, orchestration, resourceType, state,
    allocationStrategy, minimumVcpus, maximumVcpus, desiredVcpus, scaleDownDelayMinutes, bidPercentage,
    instanceTypes, tags, described, containerInsights, eksClusterArn, kubernetesNamespace, capacityOption, progress,
    digest

  static let table = "compute_environment"
}

extension Table.Layout {
  static let computeEnvironment = Table.Layout(ComputeEnvironmentColumn.self, key: [.arn], .latest)
}

/// Batch DescribeComputeEnvironments.
extension Page {
  mutating func addComputeEnvironment(_ environment: JSONValue) {
    guard let arn = requiredARN(environment["computeEnvironmentArn"]) else { return }
    count(.computeEnvironments)
    let resources = object(environment["computeResources"], "computeResources")
    let types = resources?["instanceTypes"].map { list($0, "computeResources.instanceTypes").compactMap(\.text) }
    let kubernetes = object(environment["eksConfiguration"], "eksConfiguration")

    begin(.computeEnvironment)
    put(ComputeEnvironmentColumn.arn, arn)
    put(
      ComputeEnvironmentColumn.name,
      text(environment["computeEnvironmentName"], "computeEnvironmentName") ?? arn.afterLastSlash)
    put(ComputeEnvironmentColumn.accountRegion, reference: accountRegion(arn))
    put(ComputeEnvironmentColumn.uuid, text(environment["uuid"], "uuid"))
    put(ComputeEnvironmentColumn.clusterArn, text(environment["ecsClusterArn"], "ecsClusterArn"))
    put(ComputeEnvironmentColumn.management, text(environment["type"], "type"))
    put(
      ComputeEnvironmentColumn.orchestration,
      text(environment["containerOrchestrationType"], "containerOrchestrationType")
        ?? (kubernetes == nil ? nil : JSONText("EKS")))
    put(ComputeEnvironmentColumn.resourceType, text(resources?["type"], "computeResources.type"))
    put(ComputeEnvironmentColumn.state, text(environment["state"], "state"))
    put(
      ComputeEnvironmentColumn.allocationStrategy,
      text(resources?["allocationStrategy"], "computeResources.allocationStrategy"))
    put(
      ComputeEnvironmentColumn.minimumVcpus,
      resources?["minvCpus"].flatMap { quantity($0, "computeResources.minvCpus") })
    put(
      ComputeEnvironmentColumn.maximumVcpus,
      resources?["maxvCpus"].flatMap { quantity($0, "computeResources.maxvCpus") })
    put(
      ComputeEnvironmentColumn.desiredVcpus,
      resources?["desiredvCpus"].flatMap { quantity($0, "computeResources.desiredvCpus") })
    put(
      ComputeEnvironmentColumn.scaleDownDelayMinutes,
      (environment["scalingPolicy"] ?? resources?["scalingPolicy"])?["minScaleDownDelayMinutes"].flatMap {
        quantity($0, "computeResources.scalingPolicy.minScaleDownDelayMinutes")
      })
    put(
      ComputeEnvironmentColumn.bidPercentage,
      resources?["bidPercentage"].flatMap { quantity($0, "computeResources.bidPercentage") })
    put(ComputeEnvironmentColumn.instanceTypes, bytes: types.map(jsonArray))
    put(ComputeEnvironmentColumn.tags, bytes: environment["tags"].flatMap { tags($0) })
    put(ComputeEnvironmentColumn.described, true)
    put(
      ComputeEnvironmentColumn.containerInsights,
      text(environment["ecsSettings"]?["containerInsights"], "ecsSettings.containerInsights"))
    put(
      ComputeEnvironmentColumn.eksClusterArn, text(kubernetes?["eksClusterArn"], "eksConfiguration.eksClusterArn"))
    put(
      ComputeEnvironmentColumn.kubernetesNamespace,
      text(kubernetes?["kubernetesNamespace"], "eksConfiguration.kubernetesNamespace"))
    let managed = object(resources?["managedInstancesProvider"], "computeResources.managedInstancesProvider")
    put(
      ComputeEnvironmentColumn.capacityOption,
      text(managed?["instanceLaunchTemplate"]?["capacityOptionType"], "instanceLaunchTemplate.capacityOptionType"))
    end(ComputeEnvironmentColumn.progress, observedAt)
  }
}
