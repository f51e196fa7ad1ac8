/// How a SageMaker training job is paid for. Raw values are those of `training_job.payment` and `service_job.payment`.
package enum TrainingPayment: String, Sendable {
  case onDemand = "on-demand"
  /// The On-Demand rate, for the time that SageMaker says is billable.
  case managedSpot = "managed-spot"
  /// A plan paid in advance.
  case trainingPlan = "training-plan"
  /// It has no instances of its own, and is billed by what the model read and wrote.
  case serverless
}
