import Domain

/// What all sources together say about an instance. What no source says is nil; the operating system is Linux then.
struct InstanceFacts {
  var id: String
  /// Row of `account_region`; 0 if unknown.
  var accountRegion: Int64 = 0
  var instanceType: String?
  var zone: String?
  /// `default`, `dedicated` or `host`.
  var tenancy: String?
  /// From a description or a Spot request; nil if no source described the instance.
  var lifecycle: Lifecycle?
  var operatingSystem = OperatingSystem.linux
  /// The operating system in AWS's words: `Windows with SQL Server Standard`; nil if no source gives it.
  var platform: String?
  /// Row of `compute_environment`; nil if unknown.
  var computeEnvironment: Int64?
  var evidence = LifeEvidence()
  /// EC2 took it back, with proof.
  var interrupted = false
  /// The part that pods can use; nil if no Kubernetes node gives it.
  var allocatable: Resources?
  /// It pays for a public IPv4 address.
  var hasPublicAddress = false
  /// The interface with the public address; nil if no description has one.
  var networkInterface: String?
  /// The capacity reservation that it was launched in.
  var reservation: String?
  /// Run by ECS, for a fee on top of the price of the instance.
  var isManaged = false
  /// Belongs to Batch: by its tag, its Auto Scaling group, its cluster, or because an attempt ran there.
  var isBatch = false

  init(id: String) { self.id = id }

  /// What sets its price apart from that of Linux on shared hardware; nil if nothing does.
  var variant: String? {
    let system = operatingSystem == .linux ? nil : platform ?? operatingSystem.rawValue
    let hardware = tenancy.flatMap { $0 == "default" || $0.isEmpty ? nil : "tenancy \($0)" }
    let parts = [system, hardware].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
