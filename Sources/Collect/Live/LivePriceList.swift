import AWS
import Domain

/// List prices of what was seen: On-Demand instances of every operating system, Fargate, training jobs, volumes, public
/// addresses. Each is requested once a day.
struct LivePriceList: LiveSource {
  let name = "price-list"
  let operations = [Pricing.getProductsOperation]
  let absence = "On-Demand instances, Fargate and volumes have no price, and there is no On-Demand equivalent"

  struct Subject: Sendable {
    let name: String
    let call: Call
  }

  func collect(_ visit: LiveVisit) async throws { try await Self.ask(for: try await subjects(visit), visit) }

  /// Asks for what was not requested within the last day.
  static func ask(for subjects: [Subject], _ visit: LiveVisit) async throws {
    let source = Pricing.getProductsOperation.description
    let region = visit.place.region
    try await visit.sideBySide(subjects) { subject in
      let scope = "\(region) \(subject.name)"
      let last = try await visit.checkpoint(source, scope)
      if let last, last.at.milliseconds > visit.asOf.milliseconds - millisecondsPerDay { return }
      try await visit.sendAll(subject.call)
      try await visit.writer.write(Checkpoint(source: source, scope: scope, position: "", at: visit.asOf))
    }
  }

  private func subjects(_ visit: LiveVisit) async throws -> [Subject] {
    let region = ("regionCode", visit.place.region)
    var subjects = try await visit.instanceTypes(beside: "''").map {
      Subject(instanceType: $0, region: visit.place.region)
    }
    let fargate = try await visit.texts(
      "SELECT job_id FROM job WHERE account_region = ? AND platform = \(JobPlatform.fargate.rawValue) LIMIT 1")
    let managed = try await visit.texts(
      """
      SELECT arn FROM compute_environment
      WHERE account_region = ? AND resource_type = '\(EnvironmentType.managedInstancesName)' LIMIT 1
      """)
    if !fargate.isEmpty || !managed.isEmpty {
      subjects.append(Subject(name: "Fargate", call: Pricing.getProducts(serviceCode: "AmazonECS", matching: [region])))
    }
    let training = try await visit.texts(
      """
      SELECT DISTINCT e.key FROM (
        SELECT account_region, instances FROM training_job
        UNION SELECT j.account_region, s.instances FROM service_job s JOIN job j ON j.job_id = s.job_id) t,
        json_each(t.instances) e
      WHERE t.account_region = ? ORDER BY 1
      """)
    subjects += training.map { type in
      Subject(
        name: type,
        call: Pricing.getProducts(
          serviceCode: "AmazonSageMaker", matching: [region, ("instanceName", type), ("component", "Training")]))
    }
    let volumes = try await visit.texts("SELECT volume_id FROM volume WHERE account_region = ? LIMIT 1")
    if !volumes.isEmpty {
      let matching = [region, ("productFamily", "Storage")]
      subjects.append(Subject(name: "EBS", call: Pricing.getProducts(serviceCode: "AmazonEC2", matching: matching)))
    }
    let addresses = try await visit.texts(
      "SELECT instance_id FROM instance_address WHERE account_region = ? LIMIT 1")
    if !addresses.isEmpty {
      let matching = [region, ("group", "VPCPublicIPv4Address")]
      subjects.append(
        Subject(name: "PublicIPv4", call: Pricing.getProducts(serviceCode: "AmazonVPC", matching: matching)))
    }
    return subjects
  }
}

extension LivePriceList.Subject {
  /// An instance type under every operating system.
  init(instanceType: String, region: String) {
    name = instanceType
    call = Pricing.getProducts(
      serviceCode: "AmazonEC2",
      matching: [
        ("regionCode", region), ("instanceType", instanceType), ("capacitystatus", "Used"), ("preInstalledSw", "NA"),
      ])
  }
}
