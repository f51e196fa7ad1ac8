extension Service {
  package static let ec2 = Service(
    id: "EC2", hostPrefix: "ec2", signingName: "ec2", wire: .query(version: "2016-11-15"), requestsPerSecond: 20)
}

/// Elastic Compute Cloud. API version 2016-11-15; answers come as XML and are given on as the AWS command line's JSON.
package enum EC2 {
  package static let describeCapacityBlocksOperation = operation("DescribeCapacityBlocks")
  package static let describeCapacityReservationsOperation = operation("DescribeCapacityReservations")
  package static let describeInstancesOperation = operation("DescribeInstances")
  package static let describeInstanceTypesOperation = operation("DescribeInstanceTypes")
  package static let describeSpotInstanceRequestsOperation = operation("DescribeSpotInstanceRequests")
  package static let describeSpotPriceHistoryOperation = operation("DescribeSpotPriceHistory")
  package static let describeVolumesOperation = operation("DescribeVolumes")

  /// One of an operation's filters: a resource passes where it has any of the values.
  package struct Filter: Sendable {
    let name: String
    let values: [String]

    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// Answers `CapacityBlocks`: all of the account in the region.
  package static func describeCapacityBlocks() -> Call {
    Call(describeCapacityBlocksOperation, .form([.init("MaxResults", "1000")]))
  }

  /// Answers `CapacityReservations`: all of the account in the region, and those that others share with it.
  package static func describeCapacityReservations() -> Call {
    Call(describeCapacityReservationsOperation, .form([.init("MaxResults", "1000")]))
  }

  /// Answers `Reservations`. Ids go into a filter (at most 200), so that those EC2 has forgotten are missing and
  /// are no error.
  package static func describeInstances(ids: [String] = [], filters: [Filter] = []) -> Call {
    let byID = ids.isEmpty ? [] : [Filter("instance-id", ids)]
    return Call(describeInstancesOperation, .form(items(filters + byID) + [.init("MaxResults", "1000")]))
  }

  /// Answers `InstanceTypes`: of those names (at most 100; `*` stands for anything), or of all there are in the region.
  /// Names that the region lacks are missing and are no error.
  package static func describeInstanceTypes(_ names: [String] = []) -> Call {
    let byName = names.isEmpty ? [] : [Filter("instance-type", names)]
    return Call(describeInstanceTypesOperation, .form(items(byName) + [.init("MaxResults", "100")]))
  }

  /// Answers `SpotInstanceRequests`.
  package static func describeSpotInstanceRequests(ids: [String] = [], filters: [Filter] = []) -> Call {
    let byID = ids.isEmpty ? [] : [Filter("spot-instance-request-id", ids)]
    return Call(describeSpotInstanceRequestsOperation, .form(items(filters + byID) + [.init("MaxResults", "1000")]))
  }

  /// Answers `SpotPriceHistory` in no promised order: the changes from `start` up to `end`, and for each pool the last one
  /// before `start`, which is the price in force there. Times are ISO 8601.
  package static func describeSpotPriceHistory(
    instanceTypes: [String], productDescriptions: [String], start: String, end: String, zones: [String] = []
  ) -> Call {
    let byZone = zones.isEmpty ? [] : [Filter("availability-zone", zones)]
    return Call(
      describeSpotPriceHistoryOperation,
      .form(
        .list("InstanceType", instanceTypes) + .list("ProductDescription", productDescriptions) + items(byZone)
          + [.init("StartTime", start), .init("EndTime", end), .init("MaxResults", "1000")]))
  }

  /// Answers `Volumes`.
  package static func describeVolumes(ids: [String] = [], filters: [Filter] = []) -> Call {
    let byID = ids.isEmpty ? [] : [Filter("volume-id", ids)]
    return Call(describeVolumesOperation, .form(items(filters + byID) + [.init("MaxResults", "500")]))
  }

  private static func operation(_ name: String) -> Operation {
    Operation(.ec2, name, paging: .init(input: "NextToken", output: "NextToken"), answer: .xml)
  }

  private static func items(_ filters: [Filter]) -> [HTTPRequest.QueryItem] {
    filters.enumerated().flatMap { index, filter -> [HTTPRequest.QueryItem] in
      [.init("Filter.\(index + 1).Name", filter.name)] + .list("Filter.\(index + 1).Value", filter.values)
    }
  }
}
