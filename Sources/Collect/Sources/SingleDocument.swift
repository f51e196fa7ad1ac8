/// A document that is a single thing, not an answer with a list: recognised by members that only such a thing has.
enum SingleDocument {
  case job, trainingJob, jobQueue, schedulingPolicy, jobDefinition, computeEnvironment
  case containerInstance, task, failure
  case reservation, instance, instanceType, spotPrice, spotRequest, volume, product
  case capacityReservation, capacityBlock
  case event, trailEvent, performanceRecord, queryRow
  case spotAdvice, billing
  case kubernetes
  /// The output of a Step Functions state: a job whose member names begin with a capital.
  case jobOfStepFunctions
  /// Envelopes.
  case notification, record, logEvent, queueMessage, packedLogs, execution
  /// What CloudWatch Logs, SNS or S3 send to test a connection.
  case controlMessage

  /// Nil if its members alone do not identify it.
  init?(_ document: JSONValue) {
    let has = Members(document)
    func all(_ members: Members) -> Bool { has.isSuperset(of: members) }
    if has.contains(.detailType) {
      self = .event
    } else if let batch = Self.ofBatch(has) {
      self = batch
    } else if all([.taskARN, .clusterARN]) || all([.taskARN, .lastStatus]) {
      self = .task
    } else if has.contains(.containerInstanceARN) {
      self = .containerInstance
    } else if let ec2 = Self.ofEC2(has) {
      self = ec2
    } else if has.contains(.eventSource) && !has.isDisjoint(with: [.s3, .sns, .body, .kinesis])
      || has.contains(.sequenceNumber) && has.contains(.data)
    {
      self = .record
    } else if has.contains(.eventName) || has.contains(.cloudTrailEvent) {
      self = .trailEvent
    } else if all([.type, .topicARN]) {
      self = .notification
    } else if all([.messageType, .logEvents]) {
      guard let type = document["messageType"]?.text, type == "CONTROL_MESSAGE" else { return nil }
      self = .controlMessage
    } else if all([.service, .testEvent]) {
      self = .controlMessage
    } else if has.contains(.timestamp) && !has.isDisjoint(with: [.type, .taskID]) {
      self = .performanceRecord
    } else if let other = Self.other(has) {
      self = other
    } else {
      return nil
    }
  }

  private static func ofBatch(_ has: Members) -> SingleDocument? {
    if !has.isDisjoint(with: [.jobARN, .jobID, .jobName]) { return .job }
    if has.contains(.trainingJobARN) { return .trainingJob }
    if has.isSuperset(of: [.largeJobID, .largeJobQueue]) { return .jobOfStepFunctions }
    if has.contains(.computeEnvironmentARN) { return .computeEnvironment }
    if has.contains(.jobQueueARN) { return .jobQueue }
    if has.isSuperset(of: [.arn, .fairSharePolicy]) { return .schedulingPolicy }
    return has.contains(.jobDefinitionARN) ? .jobDefinition : nil
  }

  private static func ofEC2(_ has: Members) -> SingleDocument? {
    if has.contains(.spotPrice) && has.contains(.availabilityZone) { return .spotPrice }
    if has.contains(.vcpuInfo) { return .instanceType }
    if has.isSuperset(of: [.reservationID, .instances]) { return .reservation }
    if has.contains(.instanceID) && !has.isDisjoint(with: [.launchTime, .placement]) { return .instance }
    if has.isSuperset(of: [.capacityReservationID, .instanceCount]) { return .capacityReservation }
    if has.isSuperset(of: [.capacityBlockID, .capacityReservationIDs]) { return .capacityBlock }
    if has.isSuperset(of: [.spotRequestID, .state]) { return .spotRequest }
    if has.contains(.volumeID) && !has.isDisjoint(with: [.size, .attachments]) { return .volume }
    return has.isSuperset(of: [.product, .terms]) ? .product : nil
  }

  private static func other(_ has: Members) -> SingleDocument? {
    if has.isSuperset(of: [.largeBody]) && !has.isDisjoint(with: [.receiptHandle, .messageID]) { return .queueMessage }
    if has.contains(.message) && !has.isDisjoint(with: [.smallTimestamp, .ingestionTime]) { return .logEvent }
    if !has.isDisjoint(with: [.taskID, .logStream]) { return .queryRow }
    if has.contains(.awsLogs) { return .packedLogs }
    if has.isSuperset(of: [.executionARN, .output]) { return .execution }
    if has.isSuperset(of: [.arn, .reason]) { return .failure }
    if has.isSuperset(of: [.kind, .apiVersion]) { return .kubernetes }
    if has.contains(.spotAdvisor) { return .spotAdvice }
    return has.contains(.manifest) ? .billing : nil
  }
}

/// The members that identify a document.
private struct Members: OptionSet {
  let rawValue: UInt128

  init(rawValue: UInt128) { self.rawValue = rawValue }

  init(_ document: JSONValue) {
    self.init(rawValue: 0)
    for (key, _) in document.members {
      if let member = Self.named(key) { insert(member) }
    }
  }

  private static func bit(_ place: UInt128) -> Members { Members(rawValue: 1 << place) }

  static let detailType = bit(0)
  static let jobARN = bit(1), jobID = bit(2), jobName = bit(3), largeJobID = bit(4), largeJobQueue = bit(5)
  static let computeEnvironmentARN = bit(6), jobQueueARN = bit(7), jobDefinitionARN = bit(8)
  static let taskARN = bit(9), clusterARN = bit(10), lastStatus = bit(11), containerInstanceARN = bit(12)
  static let arn = bit(13), reason = bit(14)
  static let spotPrice = bit(15), availabilityZone = bit(16), vcpuInfo = bit(17)
  static let instanceID = bit(18), launchTime = bit(19), placement = bit(20)
  static let volumeID = bit(21), size = bit(22), attachments = bit(23), product = bit(24), terms = bit(25)
  static let eventSource = bit(26), eventName = bit(27), cloudTrailEvent = bit(28)
  static let s3 = bit(29), sns = bit(30), body = bit(31), kinesis = bit(32), data = bit(33), sequenceNumber = bit(34)
  static let type = bit(35), topicARN = bit(36), timestamp = bit(37), taskID = bit(38)
  static let messageType = bit(39), logEvents = bit(40), service = bit(41), testEvent = bit(42)
  static let largeBody = bit(43), receiptHandle = bit(44), messageID = bit(45)
  static let message = bit(46), smallTimestamp = bit(47), ingestionTime = bit(48)
  static let awsLogs = bit(49), executionARN = bit(50), output = bit(51), spotAdvisor = bit(52), manifest = bit(53)
  static let reservationID = bit(54), instances = bit(55), trainingJobARN = bit(56)
  static let spotRequestID = bit(57), state = bit(58), fairSharePolicy = bit(59)
  static let capacityReservationID = bit(60), instanceCount = bit(61), capacityBlockID = bit(62)
  static let capacityReservationIDs = bit(63), kind = bit(64), apiVersion = bit(65), logStream = bit(66)

  private static func named(_ key: JSONText) -> Members? {
    switch key {
    case "detail-type": .detailType
    case "jobArn": .jobARN
    case "jobId": .jobID
    case "jobName": .jobName
    case "TrainingJobArn": .trainingJobARN
    case "JobId": .largeJobID
    case "JobQueue": .largeJobQueue
    case "computeEnvironmentArn": .computeEnvironmentARN
    case "jobQueueArn": .jobQueueARN
    case "jobDefinitionArn": .jobDefinitionARN
    case "fairsharePolicy": .fairSharePolicy
    case "taskArn": .taskARN
    case "clusterArn": .clusterARN
    case "lastStatus": .lastStatus
    case "containerInstanceArn": .containerInstanceARN
    case "arn": .arn
    case "reason": .reason
    case "SpotPrice": .spotPrice
    case "AvailabilityZone": .availabilityZone
    case "VCpuInfo": .vcpuInfo
    case "InstanceId": .instanceID
    case "LaunchTime": .launchTime
    case "Placement": .placement
    case "ReservationId": .reservationID
    case "SpotInstanceRequestId": .spotRequestID
    case "State": .state
    case "CapacityReservationId": .capacityReservationID
    case "TotalInstanceCount": .instanceCount
    case "CapacityBlockId": .capacityBlockID
    case "CapacityReservationIds": .capacityReservationIDs
    case "Instances": .instances
    case "VolumeId": .volumeID
    case "Size": .size
    case "Attachments": .attachments
    case "product": .product
    case "terms": .terms
    case "eventSource", "EventSource": .eventSource
    case "eventName": .eventName
    case "CloudTrailEvent": .cloudTrailEvent
    case "s3": .s3
    case "Sns": .sns
    case "body": .body
    case "kinesis": .kinesis
    case "Data", "data": .data
    case "SequenceNumber", "recordId": .sequenceNumber
    case "Type": .type
    case "TopicArn": .topicARN
    case "Timestamp": .timestamp
    case "TaskId": .taskID
    case "@logStream": .logStream
    case "messageType": .messageType
    case "logEvents": .logEvents
    case "Service": .service
    case "Event": .testEvent
    case "Body": .largeBody
    case "ReceiptHandle": .receiptHandle
    case "MessageId": .messageID
    // The console writes Logs Insights results as a list of rows.
    case "message", "@message": .message
    case "timestamp", "@timestamp", "@ptr": .smallTimestamp
    case "ingestionTime": .ingestionTime
    case "awslogs": .awsLogs
    case "executionArn": .executionARN
    case "output": .output
    case "spot_advisor": .spotAdvisor
    case "kind": .kind
    case "apiVersion": .apiVersion
    case "dataFiles", "executionId", "reportKeys", "assemblyId": .manifest
    default: nil
    }
  }
}
