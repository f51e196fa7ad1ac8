extension Service {
  package static let pricing = Service(
    id: "Pricing", hostPrefix: "api.pricing", signingName: "pricing",
    wire: .json(version: "1.1", target: "AWSPriceListService"), requestsPerSecond: 10)
}

/// The Price List. Only a few regions serve it; the nearest is asked, whatever region the prices are for.
package enum Pricing {
  package static let getProductsOperation = Operation(
    .pricing, "GetProducts", paging: .init(input: "NextToken", output: "NextToken"))

  /// Returns `PriceList`: an array of strings, each a JSON document of one product and its terms.
  /// - Parameter matching: attributes that a product must have, such as `regionCode` and `instanceType`; at most 50.
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
