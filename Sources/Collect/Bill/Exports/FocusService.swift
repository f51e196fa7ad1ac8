/// The FOCUS services that may contain Batch's cost, by the names that AWS and converters use: `ServiceName` is `Amazon
/// Elastic Compute Cloud` in AWS's exports, and `AmazonEC2` in those of the FinOps Foundation's converter.
struct FocusService {
  let product: BillProduct
  /// The product code in CUR.
  let code: StaticString

  static let ec2 = FocusService(product: .ec2, code: "AmazonEC2")
  static let ecs = FocusService(product: .ecs, code: "AmazonECS")
  static let vpc = FocusService(product: .vpc, code: "AmazonVPC")
  static let sageMaker = FocusService(product: .sageMaker, code: "AmazonSageMaker")
  static let eks = FocusService(product: .eks, code: "AmazonEKS")
  static let savingsPlans = FocusService(product: .savingsPlans, code: "ComputeSavingsPlans")

  /// - Parameter name: the name of a service, or the code of a product.
  /// - Returns: nil for every other service.
  init?(_ name: UnsafeRawBufferPointer) {
    let key = BillColumns.key(name.string)
    switch key {
    case "amazonec2", "ec2", "ec2instances", "ec2other", "elasticcomputecloud": self = .ec2
    case "amazonecs", "ecs", "amazonec2containerservice", "awsfargate", "elasticcontainerservice": self = .ecs
    case "amazoneks", "eks", "amazonelastickubernetesservice", "elastickubernetesservice",
      "elasticcontainerserviceforkubernetes":
      self = .eks
    case "amazonvpc", "vpc", "virtualprivatecloud": self = .vpc
    case "amazonsagemaker", "sagemaker", "amazonsagemakerai", "sagemakerai": self = .sageMaker
    case "computesavingsplans", "awssavingsplans": self = .savingsPlans
    default:
      // `Amazon Elastic Compute Cloud - Compute`, `Savings Plans for AWS Compute usage`.
      if key.hasPrefix("amazonelasticcomputecloud") {
        self = .ec2
      } else if key.hasPrefix("amazonelasticcontainerservice") {
        self = key.contains("kubernetes") ? .eks : .ecs
      } else if key.hasPrefix("amazonvirtualprivatecloud") {
        self = .vpc
      } else if key.hasPrefix("savingsplans") {
        self = .savingsPlans
      } else {
        return nil
      }
    }
  }

  private init(product: BillProduct, code: StaticString) { (self.product, self.code) = (product, code) }

  /// The product code of a service in which there can be cost around jobs; nil for every other service.
  static func around(_ name: UnsafeRawBufferPointer) -> StaticString? {
    switch BillColumns.key(name.string) {
    case "amazons3", "s3", "amazonsimplestorageservice": "AmazonS3"
    case "amazonefs", "efs", "amazonelasticfilesystem": "AmazonEFS"
    case "amazonfsx", "fsx": "AmazonFSx"
    case "amazoncloudwatch", "cloudwatch": "AmazonCloudWatch"
    case "awsdatatransfer", "datatransfer": "AWSDataTransfer"
    default: nil
    }
  }
}

/// Services of rows, by their names. Rows of one service are adjacent, so most need no look-up.
struct FocusServices {
  private var name: [UInt8] = []
  private var service: FocusService?
  private var around: StaticString?

  mutating func find(_ name: UnsafeRawBufferPointer) -> FocusService? {
    look(up: name)
    return service
  }

  /// The product code of a service in which there can be cost around jobs.
  mutating func around(_ name: UnsafeRawBufferPointer) -> StaticString? {
    look(up: name)
    return around
  }

  private mutating func look(up name: UnsafeRawBufferPointer) {
    if !self.name.isEmpty, self.name.elementsEqual(name) { return }
    self.name = Array(name)
    service = FocusService(name)
    around = service == nil ? FocusService.around(name) : nil
  }
}
