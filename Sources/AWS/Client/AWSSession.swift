import Foundation

/// What a person's environment and files say about AWS, resolved once: connections, profile, credentials, endpoints.
///
/// ```swift
/// let session = try AWSSession(environment: .process, profile: options.profile)
/// let client = try session.client(region: options.region)
/// let other = client.assuming(RoleToAssume(arn: "arn:aws:iam::111122223333:role/batchcost"))
/// ```
package struct AWSSession: Sendable {
  /// From `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile; nil if none of them names one.
  package let defaultRegion: String?
  /// `default` if nobody named one; it may not exist.
  package let profileName: String
  /// Shared by all clients of the session, those of roles and other regions among them.
  package let log: CallLog

  private let environment: Environment
  private let config: SharedConfig
  private let profile: Profile?
  private let isProfileExplicit: Bool
  private let transport: any HTTPTransport
  private let timing: Timing
  private let policy: RetryPolicy

  /// - Parameters:
  ///   - profile: as given with `--profile`; it comes before the variables, keys in `AWS_ACCESS_KEY_ID` included.
  ///   - transport: nil makes one with the proxies and certificates of the environment.
  ///   - maximumInFlight: requests under way at once over all regions and accounts of this session.
  /// - Throws: `AWSError` of kind `configuration`.
  package init(
    environment: Environment, profile explicit: String? = nil, maximumInFlight: Int = 8,
    transport: (any HTTPTransport)? = nil, timing: Timing = .system, log: CallLog = CallLog()
  ) throws(AWSError) {
    let config = try SharedConfig(environment: environment)
    let asked = explicit ?? environment["AWS_PROFILE"] ?? environment["AWS_DEFAULT_PROFILE"]
    let profile: Profile?
    if let asked {
      let place =
        explicit != nil ? "--profile" : environment["AWS_PROFILE"] != nil ? "AWS_PROFILE" : "AWS_DEFAULT_PROFILE"
      profile = try config.profile(asked, askedFor: place)
    } else {
      profile = config.profiles["default"]
    }
    if let transport {
      self.transport = transport
    } else {
      var options = TransportOptions(environment: environment, profileCABundle: profile?["ca_bundle"])
      options.maximumInFlight = max(1, maximumInFlight)
      do { self.transport = try CurlTransport(options: options) } catch {
        throw AWSError(.transport(error.kind), error.message, at: "libcurl")
      }
    }
    self.environment = environment
    self.config = config
    self.profile = profile
    self.timing = timing
    self.log = log
    isProfileExplicit = explicit != nil
    profileName = asked ?? "default"
    policy = RetryPolicy(environment: environment, profile: profile)
    defaultRegion = environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? profile?["region"]
  }

  /// A client for the session's own account.
  /// - Parameter region: nil takes the default.
  /// - Throws: `AWSError` of kind `configuration` if no region is known.
  package func client(region: String? = nil) throws(AWSError) -> AWSClient {
    guard let region = region ?? defaultRegion else {
      throw AWSError(.configuration, "no region is set", at: "region", remedy: "give --region or set AWS_REGION")
    }
    let anonymous = AWSClient(
      region: region, dispatcher: Dispatcher(transport: transport, timing: timing, policy: policy, log: log),
      endpoints: Endpoints(environment: environment, profile: profile, config: config), credentials: nil)
    let context = CredentialsContext(
      environment: environment, config: config, transport: transport, timing: timing, client: anonymous)
    let chain = CredentialsChain.standard(context, profile: profileName, isExplicit: isProfileExplicit)
    return anonymous.with(CredentialsCache(chain, now: timing.now))
  }
}
