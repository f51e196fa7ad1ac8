import Domain

/// A bill line for something around jobs. Its bytes are valid until the reader moves on.
struct AroundLine {
  var kind: AroundKind
  /// An ARN, or just an id or name; empty if the line has none.
  var resource: UnsafeRawBufferPointer
  var account: UnsafeRawBufferPointer
  /// From the export's own column; an ARN's region takes precedence.
  var region: UnsafeRawBufferPointer
  var span: TimeSpan
  /// The usage type without its region prefix.
  var item: UnsafeRawBufferPointer
  var cost: ExactMoney
  /// As the bill counts them; 0 if the item is not measured in bytes.
  var gigabytes: ExactMoney
}

/// A kind of export, as costs around jobs are read from it.
protocol AroundExport {
  /// What the row is about beside compute; nil for what is no usage, or surrounds no job.
  func around(_ row: CSVReader, _ product: UnsafeRawBufferPointer) -> AroundKind?
  func aroundLine(_ row: CSVReader, _ kind: AroundKind, _ span: TimeSpan, _ bill: BillWriter) throws -> AroundLine
  var owner: BillOwner { get }
}

extension AroundExport {
  /// Reads a row of a product that is no compute.
  func readAround(_ row: CSVReader, _ product: UnsafeRawBufferPointer, _ bill: BillWriter) throws {
    guard let kind = around(row, product) else { return bill.pass(product) }
    try bill.addAround(product) {
      try owner.select(row, bill, surrounds: true)
      return try aroundLine(row, kind, try owner.span(row, bill), bill)
    }
  }

  /// Reads a row of compute once more if it surrounds jobs too, as what an instance sent and received does.
  func addAround(_ row: CSVReader, _ product: UnsafeRawBufferPointer, _ span: TimeSpan, _ bill: BillWriter) throws {
    guard let kind = around(row, product) else { return }
    try bill.addAround(product) { try aroundLine(row, kind, span, bill) }
  }
}

extension AroundKind {
  /// What a line of usage is for; nil if it is not around jobs.
  ///
  /// - Parameters:
  ///   - product: the CUR code, such as `AmazonS3`.
  ///   - item: the usage type without its region prefix.
  init?(product: UnsafeRawBufferPointer, item: UnsafeRawBufferPointer, resource: UnsafeRawBufferPointer) {
    switch product {
    case "AmazonS3": self = .s3
    case "AmazonEFS": self = .efs
    case "AmazonFSx": self = .fsx
    case "AmazonCloudWatch":
      guard resource.contains(":log-group:") || Self.isOfLogs(item, resource) else { return nil }
      self = .logs
    case "AmazonEC2", "AWSDataTransfer":
      if item.hasPrefix("NatGateway-") || item.hasPrefix("RegionalNatGateway-") {
        self = .nat
      } else if item == "DataTransfer-Regional-Bytes" {
        self = .crossZone
      } else if UsageType.kind(ofItem: item) == .dataTransfer {
        self = .dataTransfer
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// Collecting, storing, querying and delivering logs, but no metrics, alarms and dashboards (CloudWatch user guide,
  /// "CloudWatch billing and cost").
  private static func isOfLogs(_ item: UnsafeRawBufferPointer, _ resource: UnsafeRawBufferPointer) -> Bool {
    item.hasPrefix("DataProcessing") || item.hasPrefix("DataScanned") || item.hasPrefix("DataProtection")
      || item.hasPrefix("VendedLog") || item.hasPrefix("Logs-LiveTail") || item.contains("Egress-")
      || resource.isEmpty && item.hasPrefix("TimedStorage-")
  }

  /// Whether a product can have lines of this kind, so that most rows need no closer look.
  static func isOf(_ product: UnsafeRawBufferPointer) -> Bool {
    switch product {
    case "AmazonS3", "AmazonEFS", "AmazonFSx", "AmazonCloudWatch", "AWSDataTransfer": true
    default: false
    }
  }
}

extension AroundLine {
  /// The resource as jobs name it: `/aws/batch/job`, `fs-…`, `nat-…`, `i-…`, a bucket.
  var name: UnsafeRawBufferPointer {
    switch kind {
    case .logs: part(6) ?? resource  // arn:aws:logs:eu-west-1:111122223333:log-group:/aws/batch/job:*
    case .s3: part(5) ?? resource  // arn:aws:s3:::bucket
    case .nat, .crossZone, .dataTransfer, .efs, .fsx: resource.afterLast(UInt8(ascii: "/"))
    }
  }

  /// The region of the resource's ARN, or else of the export's column.
  var place: UnsafeRawBufferPointer {
    if let told = part(3), !told.isEmpty { return told }
    return region
  }

  /// A part of the resource's ARN, counted from 0; nil if it is not an ARN or has no such part.
  private func part(_ index: Int) -> UnsafeRawBufferPointer? {
    guard resource.hasPrefix("arn:") else { return nil }
    let parts = resource.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return index < parts.count ? UnsafeRawBufferPointer(rebasing: parts[index]) : nil
  }

  /// Each spanned day's part, in proportion to time: monthly exports have one line a month.
  func eachDay(_ body: (_ day: Day, _ cost: ExactMoney, _ gigabytes: ExactMoney) throws -> Void) rethrows {
    if span.start.day == span.lastDay { return try body(span.start.day, cost, gigabytes) }
    let days = span.days
    let times = days.map { Int128(span.milliseconds(on: $0)) }
    let parts = zip(cost.divided(by: times), gigabytes.divided(by: times))
    for (day, part) in zip(days, parts) { try body(day, part.0, part.1) }
  }
}
