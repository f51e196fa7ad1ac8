extension Service {
  package static let pricing = Service(
    id: "Pricing", hostPrefix: "api.pricing", signingName: "pricing",
    wire: .json(version: "1.1", target: "AWSPriceListService"), requestsPerSecond: 10)
}

/// The Price List. Asked in the nearest of the few regions that have it, whatever region the prices are for.
package enum Pricing {
  package static let getProductsOperation = Operation(
    .pricing, "GetProducts", paging: .init(input: "NextToken", output: "NextToken"))

  /// Answers `PriceList`: an array of strings, each a JSON document of one product and its terms.
  /// - Parameter matching: attributes that a product must have, `regionCode` and `instanceType` say; at most 50.
  package static func getProducts(serviceCode: String, matching: [(field: String, value: String)]) -> Call {
    let filters = matching.map {
      JSON.members(("Type", "TERM_MATCH"), ("Field", .string($0.field)), ("Value", .string($0.value)))
    }
    return Call(
      getProductsOperation,
      .json(
        .members(
          ("ServiceCode", .string(serviceCode)), ("Filters", .array(filters)), ("FormatVersion", "aws_v1"),
          ("MaxResults", 100))))
  }
}
