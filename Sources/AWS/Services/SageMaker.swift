extension Service {
  package static let sageMaker = Service(
    id: "SageMaker", hostPrefix: "api.sagemaker", signingName: "sagemaker",
    wire: .json(version: "1.1", target: "SageMaker"), requestsPerSecond: 10)
}

/// SageMaker. API version 2017-07-24; times are seconds since 1970 with a fraction.
package enum SageMaker {
  package static let describeTrainingJobOperation = Operation(.sageMaker, "DescribeTrainingJob")

  /// Returns the training job itself.
  package static func describeTrainingJob(_ name: String) -> Call {
    Call(describeTrainingJobOperation, .json(.members(("TrainingJobName", .string(name)))))
  }
}
