import AWS
import Domain

/// List prices of what was seen, where it was seen: On-Demand instances of every operating system, Fargate, training jobs,
/// volumes, public addresses. Each is requested once a day.
struct LivePriceList: LiveSource {
  let name = "price-list"
  let operations = [Pricing.getProductsOperation]
  let absence = "On-Demand instances, Fargate and volumes have no price, and there is no On-Demand equivalent"

  struct Subject: Sendable {
    /// What is asked for, and where: `eu-west-1 c5.large`.
    let name: String
    let call: Call
  }

  func collect(_ visit: LiveVisit) async throws { try await Self.ask(for: try await subjects(visit), visit) }

  /// Asks for what was not requested within the last day.
  static func ask(for subjects: [Subject], _ visit: LiveVisit) async throws {
    let source = Pricing.getProductsOperation.description
    try await visit.sideBySide(subjects) { subject in
      let last = try await visit.checkpoint(source, subject.name)
      if let last, last.at.milliseconds > visit.asOf.milliseconds - millisecondsPerDay { return }
      try await visit.sendAll(subject.call)
      try await visit.writer.write(Checkpoint(source: source, scope: subject.name, position: "", at: visit.asOf))
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
      let call = Pricing.getProducts(serviceCode: "AmazonECS", matching: [region])
      subjects.append(Subject(name: "\(visit.place.region) Fargate", call: call))
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
        name: "\(visit.place.region) \(type)",
        call: Pricing.getProducts(
          serviceCode: "AmazonSageMaker", matching: [region, ("instanceName", type), ("component", "Training")]))
    }
    let volumes = try await visit.texts("SELECT volume_id FROM volume WHERE account_region = ? LIMIT 1")
    if !volumes.isEmpty { subjects += Subject.volumes(in: visit.place.region) }
    let addresses = try await visit.texts(
      "SELECT instance_id FROM instance_address WHERE account_region = ? LIMIT 1")
    if !addresses.isEmpty { subjects.append(Subject(addressesIn: visit.place.region)) }
    return subjects + (try await farSubjects(visit, hasVolumes: !volumes.isEmpty, hasAddresses: !addresses.isEmpty))
  }

  /// What ran in Local and Wavelength Zones, whose prices have a code of their own in the list.
  private func farSubjects(_ visit: LiveVisit, hasVolumes: Bool, hasAddresses: Bool) async throws -> [Subject] {
    let home = visit.place.region
    let pairs = try await visit.texts(
      """
      SELECT DISTINCT zone || ' ' || instance_type FROM (
        SELECT zone, instance_type FROM instance_description WHERE account_region = ?1
        UNION SELECT i.zone, i.instance_type FROM container_instance i JOIN cluster c ON c.id = i.cluster
        WHERE c.account_region = ?1)
      WHERE zone LIKE '\(home)-%' ORDER BY 1
      """)
    var types: [String: Set<String>] = [:]
    for parts in pairs.map({ $0.split(separator: " ").map(String.init) }) where parts.count == 2 {
      for code in PricePlace.codes(ofZone: parts.first, region: home) { types[code, default: []].insert(parts[1]) }
    }
    return types.sorted { $0.key < $1.key }.flatMap { code, types in
      types.sorted().map { Subject(instanceType: $0, region: code) }
        + (hasVolumes ? Subject.volumes(in: code) : []) + (hasAddresses ? [Subject(addressesIn: code)] : [])
    }
  }
}

extension LivePriceList.Subject {
  /// An instance type under every operating system.
  ///
  /// - Parameter region: its code in the price list, or that of a Local or Wavelength Zone; the same below.
  init(instanceType: String, region: String) {
    name = "\(region) \(instanceType)"
    call = Pricing.getProducts(
      serviceCode: "AmazonEC2",
      matching: [
        ("regionCode", region), ("instanceType", instanceType), ("capacitystatus", "Used"), ("preInstalledSw", "NA"),
      ])
  }

  /// Volumes: their size, IOPS and throughput are of three families.
  static func volumes(in region: String) -> [Self] {
    ["Storage", "System Operation", "Provisioned Throughput"].map { family in
      Self(
        name: "\(region) EBS\(family == "Storage" ? "" : " \(family)")",
        call: Pricing.getProducts(
          serviceCode: "AmazonEC2", matching: [("regionCode", region), ("productFamily", family)]))
    }
  }

  init(addressesIn region: String) {
    name = "\(region) PublicIPv4"
    call = Pricing.getProducts(
      serviceCode: "AmazonVPC", matching: [("regionCode", region), ("group", "VPCPublicIPv4Address")])
  }
}
