/// Documents are recognised by what they hold, whatever their files are called.
extension Page {
  /// Adds what a document holds; a finding where nothing of it is known.
  ///
  /// - Parameter nested: reads documents that stand as text in this one.
  mutating func add(_ document: JSONValue, nested: NestedParser) {
    if document.isArray {
      for element in document.elements { add(element, nested: nested) }
      return
    }
    guard document.isObject else {
      findings.add(.unknownDocument, "", "is neither an object nor a list")
      return
    }
    var known = false
    for (key, value) in document.members {
      if let list = KnownList(key), value.isArray {
        known = true
        addList(list, value, nested: nested)
      } else if let add = Self.single(key, document) {
        return add(&self, document)
      }
    }
    if !known { addUnknown(document) }
  }

  /// Adds the elements of a list, each in a place of its own for findings.
  private mutating func addList(_ list: KnownList, _ value: JSONValue, nested: NestedParser) {
    findings.listName = list.name
    for (index, element) in value.elements.enumerated() {
      findings.element = index
      add(element, of: list, nested: nested)
    }
    findings.listName = ""
  }

  mutating func add(_ element: JSONValue, of list: KnownList, nested: NestedParser) {
    switch list {
    case .jobs: addJob(element, complete: true)
    case .jobQueues: addJobQueue(element)
    case .computeEnvironments: addComputeEnvironment(element)
    case .jobDefinitions: addJobDefinition(element)
    case .containerInstances: addContainerInstance(element, complete: true)
    case .failures: addFailure(element)
    case .tasks: addTask(element, complete: true)
    case .reservations: addReservation(element)
    case .instanceTypes: addInstanceType(element)
    case .spotPrices: addSpotPrice(element)
    case .volumes: addVolume(element)
    case .results: addQueryResult(element)
    case .records: addTrailEvent(element)
    case .priceList: addNested(element, "", nested) { $0.addProduct($1) }
    case .trailEvents:
      if element["eventName"] != nil { return addTrailEvent(element) }
      addNested(element["CloudTrailEvent"], "CloudTrailEvent", nested) { $0.addTrailEvent($1) }
    case .logEvents:
      addNested(element["message"], "message", nested) { $0.addPerformanceRecord($1) }
    case .summaries: count(.jobSummaries)
    }
  }

  /// A document that stands as text in another one, or as itself.
  private mutating func addNested(
    _ value: JSONValue?, _ path: StaticString, _ nested: NestedParser, _ add: (inout Page, JSONValue) -> Void
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

  private static func single(
    _ key: JSONText, _ document: JSONValue
  ) -> ((inout Page, JSONValue) -> Void)? {
    switch key {
    case "jobArn", "jobId", "jobName": return { $0.addJob($1, complete: true) }
    case "detail-type": return { $0.addEvent($1) }
    case "computeEnvironmentArn": return { $0.addComputeEnvironment($1) }
    case "jobQueueArn": return { $0.addJobQueue($1) }
    case "jobDefinitionArn": return { $0.addJobDefinition($1) }
    case "eventName": return { $0.addTrailEvent($1) }
    case "product": return document["terms"] == nil ? nil : { $0.addProduct($1) }
    case "Type", "TaskId":
      return document["Timestamp"] == nil ? nil : { $0.addPerformanceRecord($1) }
    case "spot_advisor": return { $0.addSpotAdvice($1) }
    case "dataFiles", "executionId", "reportKeys", "assemblyId": return { page, _ in page.count(.billing) }
    default: return nil
    }
  }

  private mutating func addUnknown(_ document: JSONValue) {
    let keys = document.members.prefix(5).map { $0.0.string.prefix(40) }
    findings.add(
      .unknownDocument, "",
      keys.isEmpty ? "is an empty object" : "is not known: its members are \(keys.joined(separator: ", "))")
  }
}

/// The lists that AWS answers with, by the name of their member.
enum KnownList {
  case jobs, jobQueues, computeEnvironments, jobDefinitions
  case containerInstances, failures, tasks
  case reservations, instanceTypes, spotPrices, volumes
  case priceList, trailEvents, records, results, logEvents, summaries

  init?(_ key: JSONText) {
    switch key {
    case "jobs": self = .jobs
    case "jobQueues": self = .jobQueues
    case "computeEnvironments": self = .computeEnvironments
    case "jobDefinitions": self = .jobDefinitions
    case "containerInstances": self = .containerInstances
    case "failures": self = .failures
    case "tasks": self = .tasks
    case "Reservations": self = .reservations
    case "InstanceTypes": self = .instanceTypes
    case "SpotPriceHistory": self = .spotPrices
    case "Volumes": self = .volumes
    case "PriceList": self = .priceList
    case "Events": self = .trailEvents
    case "Records": self = .records
    case "results": self = .results
    case "events": self = .logEvents
    case "jobSummaryList": self = .summaries
    default: return nil
    }
  }

  var name: StaticString {
    switch self {
    case .jobs: "jobs"
    case .jobQueues: "jobQueues"
    case .computeEnvironments: "computeEnvironments"
    case .jobDefinitions: "jobDefinitions"
    case .containerInstances: "containerInstances"
    case .failures: "failures"
    case .tasks: "tasks"
    case .reservations: "Reservations"
    case .instanceTypes: "InstanceTypes"
    case .spotPrices: "SpotPriceHistory"
    case .volumes: "Volumes"
    case .priceList: "PriceList"
    case .trailEvents: "Events"
    case .records: "Records"
    case .results: "results"
    case .logEvents: "events"
    case .summaries: "jobSummaryList"
    }
  }
}

/// Reads documents that stand as text inside others, with a parser and memory of its own.
final class NestedParser {
  private let parser: JSONParser
  private var scratch: [UInt8] = []

  init(limits: CollectionLimits) throws(JSONFault) {
    parser = try JSONParser(maximumBytes: limits.documentBytes, maximumDepth: limits.depth)
  }

  func parse(_ text: JSONText) throws(JSONFault) -> JSONValue { try parser.parse(text, scratch: &scratch) }
}

extension JSONFault {
  var message: String {
    switch self {
    case .tooLarge: "is larger than a document may be"
    case .tooDeep: "is nested deeper than a document may be"
    case .invalidUTF8: "holds bytes that are not UTF-8"
    case .number: "holds a malformed number, or one that is too large"
    case .controlCharacter: "holds a control character inside a text"
    case .empty: "is empty"
    case .syntax: "is not JSON, or breaks off"
    case .memory: "needs more memory than there is"
    }
  }
}

/// How much a document may be.
package struct CollectionLimits: Sendable {
  /// The largest single document, unpacked.
  package var documentBytes = 1 << 29
  /// The deepest nesting.
  package var depth = 64

  package init() {}
}
