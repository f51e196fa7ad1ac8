extension Service {
  package static let ec2 = Service(
    id: "EC2", hostPrefix: "ec2", signingName: "ec2", wire: .query(version: "2016-11-15"), requestsPerSecond: 20)
}

/// Elastic Compute Cloud. API version 2016-11-15; XML answers are converted to the AWS command line's JSON.
package enum EC2 {
  package static let describeCapacityBlocksOperation = operation("DescribeCapacityBlocks")
  package static let describeCapacityReservationsOperation = operation("DescribeCapacityReservations")
  package static let describeInstancesOperation = operation("DescribeInstances")
  package static let describeInstanceTypesOperation = operation("DescribeInstanceTypes")
  package static let describeSpotInstanceRequestsOperation = operation("DescribeSpotInstanceRequests")
  package static let describeSpotPriceHistoryOperation = operation("DescribeSpotPriceHistory")
  package static let describeVolumesOperation = operation("DescribeVolumes")

  /// One filter of an operation: a resource passes if it has any of the values.
  package struct Filter: Sendable {
    let name: String
    let values: [String]

    /// - Parameters:
    ///   - name: as the operation documents it: `tag:Name`, `instance-state-name`.
    ///   - values: at most 200.
    package init(_ name: String, _ values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// Returns `CapacityBlocks`: all of the account in the region.
  package static func describeCapacityBlocks() -> Call {
    Call(describeCapacityBlocksOperation, .form([.init("MaxResults", "1000")]))
  }

  /// Returns `CapacityReservations`: all of the account in the region, and those that others share with it.
  package static func describeCapacityReservations() -> Call {
    Call(describeCapacityReservationsOperation, .form([.init("MaxResults", "1000")]))
  }

  /// Returns `Reservations`. Ids go into a filter (at most 200), so that ids EC2 no longer knows are left out instead
  /// of being an error.
  package static func describeInstances(ids: [String] = [], filters: [Filter] = []) -> Call {
    let byID = ids.isEmpty ? [] : [Filter("instance-id", ids)]
    return Call(describeInstancesOperation, .form(items(filters + byID) + [.init("MaxResults", "1000")]))
  }

  /// Returns `InstanceTypes`: those with these names (at most 100; `*` is a wildcard), or all in the region. Names that
  /// the region does not have are left out and are not an error.
  package static func describeInstanceTypes(_ names: [String] = []) -> Call {
    let byName = names.isEmpty ? [] : [Filter("instance-type", names)]
    return Call(describeInstanceTypesOperation, .form(items(byName) + [.init("MaxResults", "100")]))
  }

  /// Returns `SpotInstanceRequests`.
  package static func describeSpotInstanceRequests(ids: [String] = [], filters: [Filter] = []) -> Call {
    let byID = ids.isEmpty ? [] : [Filter("spot-instance-request-id", ids)]
    return Call(describeSpotInstanceRequestsOperation, .form(items(filters + byID) + [.init("MaxResults", "1000")]))
  }

  /// Returns `SpotPriceHistory` in no particular order: the changes from `start` up to `end`, and for each pool the
  /// last one before `start`, which is the price in force then. Times are ISO 8601.
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

  /// Returns `Volumes`.
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
