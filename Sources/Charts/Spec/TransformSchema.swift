/// The properties of transforms.
enum TransformSchema {
  private static let names = Schema.array(.string)
  private static let output = Schema.object(.init(known: ["op": .string, "field": .string, "as": .string]))
  private static let windowOutput = Schema.object(
    .init(known: ["op": .string, "field": .string, "as": .string, "param": .number]))
  private static let sort = Schema.array(
    .object(.init(known: ["field": .string, "order": SpecSchema.orNull(.word(["ascending", "descending"]))])))

  /// Every transform's properties together: the name of a transform decides which it may have.
  static let transform = Schema.object(
    .init(
      known: [
        "filter": .any, "calculate": .string, "aggregate": .array(output), "joinaggregate": .array(output), "bin": .any,
        "timeUnit": .any, "window": .array(windowOutput), "fold": names, "stack": .string,
        "as": .either([.string, names]),
        "groupby": names, "field": .string, "sort": sort, "frame": .array(SpecSchema.orNull(.number)),
        "ignorePeers": .boolean, "offset": .word(Stack.Offset.allCases.map(\.rawValue)),
      ],
      elsewhere: Dictionary(
        uniqueKeysWithValues: [
          "density", "extent", "flatten", "impute", "loess", "lookup", "pivot", "quantile", "regression", "sample",
        ].map { ($0, "compute it in the query") })))
}
