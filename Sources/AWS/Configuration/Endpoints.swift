/// The endpoint of each service, from variables and the profile, or AWS's published one.
///
/// Order: `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL`, the profile's `services` section, its `endpoint_url`, AWS's
/// own host. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true` leaves only the last. Source: AWS SDKs reference guide,
/// service-specific endpoints.
package struct Endpoints: Sendable {
  struct Target: Sendable {
    let endpoint: Endpoint
    /// Pricing is in a different region from the one asked for.
    let signingRegion: String
    let isCustom: Bool
  }

  private let environment: Environment
  private let profile: Profile?
  private let services: [String: [String: String]]
  private let ignoresConfigured: Bool

  init(environment: Environment, profile: Profile?, config: SharedConfig) {
    self.environment = environment
    self.profile = profile
    services = profile?["services"].flatMap { config.services[$0] } ?? [:]
    let ignore = environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] ?? profile?["ignore_configured_endpoint_urls"]
    ignoresConfigured = ignore?.lowercased() == "true"
  }

  /// - Throws: `AWSError` of kind `configuration` for an invalid URL, and if the partition does not have the service.
  func target(of service: Service, region: String) throws(AWSError) -> Target {
    guard Self.isRegionName(region) else {
      throw AWSError(.configuration, "\"\(region)\" is no region name", at: "region", remedy: "try us-east-1")
    }
    let home = service.id == "Pricing" ? Partition(region: region).pricingRegion(near: region) : region
    if let (url, place) = configured(service) {
      guard let endpoint = Endpoint(url) else {
        throw AWSError(.configuration, "\"\(url)\" is no http or https URL of a host", at: place)
      }
      return Target(endpoint: endpoint, signingRegion: home ?? region, isCustom: true)
    }
    guard let home else {
      throw AWSError(
        .configuration, "the Price List API has no endpoint in this partition", at: "\(service.id) in \(region)",
        remedy: "collect prices in the commercial partition, or from files with --from")
    }
    for name in ["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"] where isOn(name) {
      throw AWSError(
        .configuration, "FIPS and dual-stack endpoints are not worked out", at: name,
        remedy: "set AWS_ENDPOINT_URL_\(Self.variable(service.id)) to the endpoint you want")
    }
    let host = "\(service.hostPrefix).\(home).\(Partition(region: home).domain)"
    return Target(endpoint: Endpoint(host: host), signingRegion: home, isCustom: false)
  }

  /// A switch from the environment or, in lower case and without `AWS_`, from the profile.
  private func isOn(_ name: String) -> Bool {
    (environment[name] ?? profile?[String(name.dropFirst(4)).lowercased()])?.lowercased() == "true"
  }

  private func configured(_ service: Service) -> (url: String, place: String)? {
    guard !ignoresConfigured else { return nil }
    let variable = Self.variable(service.id)
    for name in ["AWS_ENDPOINT_URL_\(variable)", "AWS_ENDPOINT_URL"] {
      if let url = environment[name] { return (url, name) }
    }
    let place = profile?.place ?? ""
    if let url = services[variable.lowercased()]?["endpoint_url"] { return (url, "services of \(place)") }
    return profile?["endpoint_url"].map { ($0, place) }
  }

  /// `CloudWatch Logs` is `CLOUDWATCH_LOGS`.
  private static func variable(_ id: String) -> String {
    String(id.uppercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// A region becomes part of a host name, so only letters, digits and dashes are allowed.
  package static func isRegionName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32 && text.first != "-"
      && text.utf8.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == UInt8(ascii: "-") }
  }
}
