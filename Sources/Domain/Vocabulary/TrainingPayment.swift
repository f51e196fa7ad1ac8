/// How a training job of SageMaker is paid for. Raw values are those of `training_job.payment` and `service_job.payment`.
package enum TrainingPayment: String, Sendable {
  case onDemand = "on-demand"
  /// The On-Demand rate, for the time that SageMaker says is billable.
  case managedSpot = "managed-spot"
  /// A plan that is paid in advance.
  case trainingPlan = "training-plan"
  /// No instances of its own: by what the model read and wrote.
  case serverless
}
