/// The services of FOCUS in which Batch's cost can be, by the names that AWS and converters give them: `ServiceName` is
/// `Amazon Elastic Compute Cloud` in AWS's exports, `AmazonEC2` in those of the FinOps Foundation's converter.
struct FocusService {
  let product: BillProduct
  /// The product code of CUR.
  let code: StaticString

  static let ec2 = FocusService(product: .ec2, code: "AmazonEC2")
  static let ecs = FocusService(product: .ecs, code: "AmazonECS")
  static let vpc = FocusService(product: .vpc, code: "AmazonVPC")
  static let sageMaker = FocusService(product: .sageMaker, code: "AmazonSageMaker")
  static let savingsPlans = FocusService(product: .savingsPlans, code: "ComputeSavingsPlans")

  /// - Parameter name: of a service, or the code of a product.
  /// - Returns: nil for every other service.
  init?(_ name: UnsafeRawBufferPointer) {
    let key = BillColumns.key(name.string)
    switch key {
    case "amazonec2", "ec2", "ec2instances", "ec2other", "elasticcomputecloud": self = .ec2
    case "amazonecs", "ecs", "amazonec2containerservice", "awsfargate", "elasticcontainerservice": self = .ecs
    case "amazonvpc", "vpc", "virtualprivatecloud": self = .vpc
    case "amazonsagemaker", "sagemaker", "amazonsagemakerai", "sagemakerai": self = .sageMaker
    case "computesavingsplans", "awssavingsplans": self = .savingsPlans
    default:
      // `Amazon Elastic Compute Cloud - Compute`, `Savings Plans for AWS Compute usage`.
      if key.hasPrefix("amazonelasticcomputecloud") {
        self = .ec2
      } else if key.hasPrefix("amazonelasticcontainerservice"), !key.contains("kubernetes") {
        self = .ecs
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
}

/// Services of rows by their names. Rows of one service stand together, so that most need no look-up.
struct FocusServices {
  private var name: [UInt8] = []
  private var service: FocusService?

  mutating func find(_ name: UnsafeRawBufferPointer) -> FocusService? {
    if self.name.isEmpty || !self.name.elementsEqual(name) {
      self.name = Array(name)
      service = FocusService(name)
    }
    return service
  }
}
