extension Service {
  package static let sqs = Service(
    id: "SQS", hostPrefix: "sqs", signingName: "sqs", wire: .json(version: "1.0", target: "AmazonSQS"))
}

/// Simple Queue Service.
package enum SQS {
  package static let receiveMessageOperation = Operation(.sqs, "ReceiveMessage")
  package static let deleteMessageBatchOperation = Operation(
    .sqs, "DeleteMessageBatch", permissions: ["sqs:DeleteMessage"])

  /// Returns `Messages` (`MessageId`, `ReceiptHandle`, `Body`), none or up to ten. They stay hidden from others for
  /// `visibilitySeconds`, then come back unless they are deleted.
  package static func receiveMessages(queueURL: String, waitSeconds: Int = 1, visibilitySeconds: Int = 120) -> Call {
    Call(
      receiveMessageOperation,
      .json(
        .members(
          ("QueueUrl", .string(queueURL)), ("MaxNumberOfMessages", 10),
          ("WaitTimeSeconds", .integer(Int64(waitSeconds))),
          ("VisibilityTimeout", .integer(Int64(visibilitySeconds))))))
  }

  /// Returns `Successful` and `Failed`. At most ten.
  package static func deleteMessages(queueURL: String, receiptHandles: [String]) -> Call {
    let entries = receiptHandles.enumerated().map {
      JSON.members(("Id", .string(String($0))), ("ReceiptHandle", .string($1)))
    }
    return Call(
      deleteMessageBatchOperation, .json(.members(("QueueUrl", .string(queueURL)), ("Entries", .array(entries)))))
  }
}
