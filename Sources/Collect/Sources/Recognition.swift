/// Documents are recognised by their contents, whatever their files are called.
extension Page {
  /// Adds the contents of a document; a finding if nothing in it is known or kept.
  ///
  /// - Parameter nested: reads documents that are text in this one.
  mutating func add(_ document: JSONValue, nested: NestedDocuments) {
    let mark = mark
    addValue(document, nested: nested)
    settleDocument(mark)
  }

  private mutating func addValue(_ document: JSONValue, nested: NestedDocuments) {
    if document.isArray { return addBareList(document, nested: nested) }
    if let text = document.text, text.opensDocument { return nested.read(text, at: "", into: &self) }
    guard document.isObject else {
      return findings.add(.unknownDocument, "", "is neither an object nor a list")
    }
    let single = SingleDocument(document)
    if single == .controlMessage { return leaveUnused(nil) }
    if single == .reservation { return addReservation(document) }
    var known = false
    for (key, value) in document.members where value.isArray {
      if let list = KnownList(key) {
        if !known { notePage(of: list.name, document) }
        known = true
        addList(list, value, of: document, nested: nested)
      }
    }
    if known { return addUnknownLists(document) }
    guard let single else { return addParts(of: document, nested: nested) }
    add(document, as: single, nested: nested)
  }

  /// A bare list, as `--query` prints it: its elements are documents, or lists of them.
  private mutating func addBareList(_ list: JSONValue, nested: NestedDocuments) {
    var elements = list.elements
    guard let first = elements.next() else { return leaveUnused(nil) }
    if first.isQueryRow {
      return addList(.results, list, of: list, nested: nested)
    }
    for element in list.elements {
      let mark = mark
      addValue(element, nested: nested)
      settle(mark)
    }
  }

  /// Adds the elements of a list, each with its own place for findings.
  private mutating func addList(
    _ list: KnownList, _ value: JSONValue, of document: JSONValue, nested: NestedDocuments
  ) {
    if value.firstElement == nil {
      emptyAnswers += 1
      return leaveUnused(nil)
    }
    if list == .results, !beginResults(value, of: document) { return }
    findings.listName = list.name
    for (index, element) in value.elements.enumerated() {
      findings.element = index
      add(element, of: list, nested: nested)
    }
    findings.listName = ""
  }

  mutating func add(_ element: JSONValue, of list: KnownList, nested: NestedDocuments) {
    let mark = mark
    switch list {
    case .jobs: addJob(element, complete: true, nested: nested)
    case .jobQueues: addJobQueue(element)
    case .schedulingPolicies: addSchedulingPolicy(element)
    case .computeEnvironments: addComputeEnvironment(element)
    case .jobDefinitions: addJobDefinition(element)
    case .containerInstances: addContainerInstance(element, complete: true)
    case .failures: addFailure(element)
    case .tasks: addTask(element, complete: true)
    case .reservations: addReservation(element)
    case .instances: addListedInstance(element)
    case .instanceTypes: addInstanceType(element)
    case .capacityReservations: addCapacityReservation(element)
    case .capacityBlocks: addCapacityBlock(element)
    case .spotPrices: addSpotPrice(element)
    case .spotRequests: addSpotRequest(element)
    case .volumes: addVolume(element)
    case .results: addQueryResult(element, nested: nested)
    case .priceList: addNested(element, "", nested) { $0.addProduct($1) }
    case .trailEvents: addLookedUp(element, nested: nested)
    case .records: addRecord(element, nested: nested)
    case .logEvents: addLogEvent(element, nested: nested)
    case .messages: addQueueMessage(element, nested: nested)
    case .summaries: addSummary()
    case .objects: addObject(element)
    }
    settle(mark)
  }

  /// Other services list instances too, such as scaling groups, and say too little of them: a Spot instance would look
  /// On-Demand.
  private mutating func addListedInstance(_ element: JSONValue) {
    guard ["LaunchTime", "Placement", "State"].contains(where: { (key: StaticString) in element[key] != nil }) else {
      return findings.add(
        .unknownDocument, "", "has neither LaunchTime, Placement nor State: it is not EC2's description of an instance")
    }
    addInstance(element, owner: "")
  }

  /// An element of LookupEvents, or the event itself.
  private mutating func addLookedUp(_ element: JSONValue, nested: NestedDocuments) {
    if element["eventName"] != nil { return addTrailEvent(element) }
    addNested(element["CloudTrailEvent"], "CloudTrailEvent", nested) { $0.addTrailEvent($1) }
  }

  /// ListJobs: too little about each job to store.
  private mutating func addSummary() {
    leaveUnused("Batch job summaries, as list-jobs prints them, have too little data: collect describe-jobs")
  }

  /// A document that is text in another one, or an object.
  private mutating func addNested(
    _ value: JSONValue?, _ path: StaticString, _ nested: NestedDocuments, _ add: (inout Page, JSONValue) -> Void
  ) {
    guard let value else { return findings.add(.missingField, "\(path)", "is missing") }
    if value.isObject { return add(&self, value) }
    guard let text = value.text else { return findings.add(.wrongType, "\(path)", "is not text") }
    do {
      add(&self, try nested.parse(text))
    } catch {
      findings.add(.unreadable, "\(path)", error.message)
    }
  }

  private mutating func add(_ document: JSONValue, as single: SingleDocument, nested: NestedDocuments) {
    switch single {
    case .job: addJob(document, complete: true, nested: nested)
    case .jobOfStepFunctions: nested.read(document.withSmallKeys, at: "", into: &self)
    case .event: addEvent(document, nested: nested)
    case .trainingJob: addTrainingJob(document)
    case .computeEnvironment: addComputeEnvironment(document)
    case .jobQueue: addJobQueue(document)
    case .schedulingPolicy: addSchedulingPolicy(document)
    case .jobDefinition: addJobDefinition(document)
    case .containerInstance: addContainerInstance(document, complete: true)
    case .task: addTask(document, complete: true)
    case .failure: addFailure(document)
    case .reservation: addReservation(document)
    case .instance: addInstance(document, owner: "")
    case .instanceType: addInstanceType(document)
    case .capacityReservation: addCapacityReservation(document)
    case .capacityBlock: addCapacityBlock(document)
    case .spotPrice: addSpotPrice(document)
    case .spotRequest: addSpotRequest(document)
    case .volume: addVolume(document)
    case .product: addProduct(document)
    case .trailEvent: addLookedUp(document, nested: nested)
    case .record: addRecord(document, nested: nested)
    case .performanceRecord: addPerformanceRecord(document)
    case .queryRow: addQueryResult(document, nested: nested)
    case .spotAdvice: addSpotAdvice(document)
    case .kubernetes: addKubernetes(document)
    case .billing:
      count(.billing)
      leaveUnused(nil)
    case .notification: addNotification(document, nested: nested)
    case .logEvent: addLogEvent(document, nested: nested)
    case .queueMessage: addQueueMessage(document, nested: nested)
    case .packedLogs: addPacked(document["awslogs"]?["data"], "awslogs.data", nested: nested)
    case .execution: addNestedText(document["output"], "output", nested: nested)
    case .controlMessage: leaveUnused(nil)
    }
  }

  /// Unknown lists. FilterLogEvents lists which streams it searched, a log subscription which filters matched.
  private mutating func addUnknownLists(_ document: JSONValue) {
    for (key, value) in document.members {
      if KnownList(key) != nil {
        if value.isArray || value.isNull { continue }
        findings.add(.wrongType, key.string, "is not a list")
      } else if value.firstElement != nil, !(key == "searchedLogStreams"), !(key == "subscriptionFilters") {
        findings.add(.unknownDocument, key.string, "is an unknown list")
      } else {
        continue
      }
      lose()
    }
  }

  /// An object that is no document itself, but whose members are some: answers by region or account, one beside what was
  /// asked, things by id. An event without its type is not one of them: what `detail` says of a job is then only a part.
  private mutating func addParts(of document: JSONValue, nested: NestedDocuments) {
    guard document["detail"] == nil, document.members.contains(where: { $0.1.holdsDocuments }) else {
      return addUnknown(document)
    }
    let (outer, member) = (part, part.isEmpty ? "" : "\(part).")
    for (key, value) in document.members {
      let name = key.string
      if value.holdsDocuments {
        let outside = findings.enter(name)
        part = member + name
        let mark = mark
        addValue(value, nested: nested)
        settle(mark)
        findings.leave(to: outside)
      } else if value.isObject || value.firstElement != nil, name != "ResponseMetadata" {
        findings.add(.unknownDocument, name, "is not recognised, although what is beside it is")
        lose()
      }
    }
    part = outer
  }

  private mutating func addUnknown(_ document: JSONValue) {
    let keys = document.members.prefix(5).map { $0.0.string.prefix(40) }
    findings.add(
      .unknownDocument, "",
      keys.isEmpty ? "is an empty object" : "is unknown: its members are \(keys.joined(separator: ", "))")
  }
}

extension JSONValue {
  /// Whether it is a document, or contains one at any depth.
  fileprivate var holdsDocuments: Bool {
    if isArray { return isQueryRow || elements.contains(where: \.holdsDocuments) }
    guard isObject else { return false }
    if SingleDocument(self) != nil { return true }
    return members.contains { key, value in value.isArray && KnownList(key) != nil || value.holdsDocuments }
  }
}

extension JSONText {
  /// Whether the text may be a document and not just a word.
  fileprivate var opensDocument: Bool {
    guard let first = buffer.first(where: { $0 > 0x20 }) else { return false }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}

/// The lists in AWS's answers, by the name of their member.
enum KnownList {
  case jobs, jobQueues, schedulingPolicies, computeEnvironments, jobDefinitions
  case containerInstances, failures, tasks
  case reservations, instances, instanceTypes, spotPrices, spotRequests, volumes
  case capacityReservations, capacityBlocks
  case priceList, trailEvents, results, summaries, objects
  /// Envelopes: log events, messages of a queue, records of CloudTrail, SNS, SQS, S3, Kinesis or Firehose.
  case logEvents, messages, records

  init?(_ key: JSONText) {
    switch key {
    case "jobs": self = .jobs
    case "jobQueues": self = .jobQueues
    case "schedulingPolicies": self = .schedulingPolicies
    case "computeEnvironments": self = .computeEnvironments
    case "jobDefinitions": self = .jobDefinitions
    case "containerInstances": self = .containerInstances
    case "failures": self = .failures
    case "tasks": self = .tasks
    case "Reservations": self = .reservations
    case "Instances": self = .instances
    case "InstanceTypes": self = .instanceTypes
    case "CapacityReservations": self = .capacityReservations
    case "CapacityBlocks": self = .capacityBlocks
    case "SpotPriceHistory": self = .spotPrices
    case "SpotInstanceRequests": self = .spotRequests
    case "Volumes": self = .volumes
    case "PriceList": self = .priceList
    case "Events": self = .trailEvents
    case "results": self = .results
    case "events", "logEvents": self = .logEvents
    case "Messages": self = .messages
    case "Records", "records": self = .records
    case "jobSummaryList": self = .summaries
    case "Contents": self = .objects
    default: return nil
    }
  }

  var name: StaticString {
    switch self {
    case .jobs: "jobs"
    case .jobQueues: "jobQueues"
    case .schedulingPolicies: "schedulingPolicies"
    case .computeEnvironments: "computeEnvironments"
    case .jobDefinitions: "jobDefinitions"
    case .containerInstances: "containerInstances"
    case .failures: "failures"
    case .tasks: "tasks"
    case .reservations: "Reservations"
    case .instances: "Instances"
    case .instanceTypes: "InstanceTypes"
    case .capacityReservations: "CapacityReservations"
    case .capacityBlocks: "CapacityBlocks"
    case .spotPrices: "SpotPriceHistory"
    case .spotRequests: "SpotInstanceRequests"
    case .volumes: "Volumes"
    case .priceList: "PriceList"
    case .trailEvents: "Events"
    case .results: "results"
    case .logEvents: "events"
    case .messages: "Messages"
    case .records: "Records"
    case .summaries: "jobSummaryList"
    case .objects: "Contents"
    }
  }
}

extension JSONFault {
  var message: String {
    switch self {
    case .tooLarge: "is larger than a document may be"
    case .tooDeep: "is nested deeper than a document may be"
    case .invalidUTF8: "has bytes that are not UTF-8"
    case .number: "has a malformed number, or one that is too large"
    case .controlCharacter: "has a control character inside text"
    case .empty: "is empty"
    case .syntax: "is not JSON, or is truncated"
    case .memory: "needs more memory than there is"
    }
  }
}

/// The limits for a document.
package struct CollectionLimits: Sendable {
  /// The largest single document, unpacked.
  package var documentBytes = 1 << 29
  /// The deepest nesting.
  package var depth = 64

  package init() {}
}
