import Domain

/// What all sources together say about one instance.
struct InstanceFacts {
  var id: String
  var accountRegion: Int64 = 0
  var instanceType: String?
  var zone: String?
  var tenancy: String?
  /// From a description, or a Spot request; nil where no source described the instance.
  var lifecycle: Lifecycle?
  var operatingSystem = OperatingSystem.linux
  /// Row of `compute_environment`; nil where unknown.
  var computeEnvironment: Int64?
  var evidence = LifeEvidence()
  var interrupted = false
  /// What pods can have of it; nil where no node of Kubernetes says so.
  var allocatable: Resources?
  var hasPublicAddress = false
  /// Holds the public address; nil where no description says so.
  var networkInterface: String?
  /// The capacity reservation in which it was launched.
  var reservation: String?
  /// Run by ECS, for a fee beside the price of the instance.
  var isManaged = false
  /// Batch's own: by its tag, its scaling group, its cluster, or because an attempt ran there.
  var isBatch = false

  init(id: String) { self.id = id }
}
