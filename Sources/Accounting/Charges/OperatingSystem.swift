/// The operating system that determines the price, as price lists and Spot products name it.
package enum OperatingSystem: String, CaseIterable, Sendable {
  case linux = "Linux"
  case rhel = "RHEL"
  case rhelHA = "Red Hat Enterprise Linux with HA"
  case suse = "SUSE"
  case windows = "Windows"
  case ubuntuPro = "Ubuntu Pro"
  /// Has no prices here: SQL Server beside the system, a licence of one's own, and what AWS adds.
  case other = ""

  /// From `UsageOperation` (`RunInstances:0010`), else from `PlatformDetails`; Linux if neither is known (EC2 user guide,
  /// "AMI billing information fields").
  package init(usageOperation: String?, platformDetails: String?) {
    switch usageOperation {
    case "RunInstances": self = .linux
    case "RunInstances:0010": self = .rhel
    case "RunInstances:1010": self = .rhelHA
    case "RunInstances:000g": self = .suse
    case "RunInstances:0002": self = .windows
    case "RunInstances:0g00": self = .ubuntuPro
    default:
      switch platformDetails?.replacing(" (Amazon VPC)", with: "") {
      case nil: self = usageOperation == nil ? .linux : .other
      case "Linux/UNIX": self = .linux
      case "Red Hat Enterprise Linux": self = .rhel
      case "Red Hat Enterprise Linux with HA": self = .rhelHA
      case "SUSE Linux": self = .suse
      case "Windows": self = .windows
      case "Ubuntu Pro", "Ubuntu Pro Linux": self = .ubuntuPro
      default: self = .other
      }
    }
  }

  /// `ProductDescription` of Spot price history, without ` (Amazon VPC)`.
  package var spotProduct: String {
    switch self {
    case .linux, .ubuntuPro: "Linux/UNIX"
    case .rhel: "Red Hat Enterprise Linux"
    case .suse: "SUSE Linux"
    case .windows: "Windows"
    case .rhelHA, .other: rawValue
    }
  }

  /// `InstancePlatform` of DescribeCapacityReservations; nil for those without prices here.
  var reservationPlatform: String? {
    switch self {
    case .linux: "Linux/UNIX"
    case .rhel: "Red Hat Enterprise Linux"
    case .rhelHA: "RHEL with HA"
    case .suse: "SUSE Linux"
    case .windows: "Windows"
    case .ubuntuPro: "Ubuntu Pro"
    case .other: nil
    }
  }
}
