/// A tool's arguments in JSON Schema.
struct InputSchema: Encodable {
  let type = "object"
  let properties: [String: Property]
  let required: [String]
  let additionalProperties = false

  enum CodingKeys: String, CodingKey { case type, properties, required, additionalProperties }

  init(_ inputs: [Tool.Input]) {
    properties = Dictionary(inputs.map { ($0.name, Property($0)) }) { first, _ in first }
    required = inputs.filter(\.isRequired).map(\.name)
  }

  struct Property: Encodable {
    let type: String
    let description: String
    var minimum: Int?
    var maximum: Int?
    var items: [String: String]?
    var additionalProperties: [String: String]?

    init(_ input: Tool.Input) {
      description = input.description
      switch input.kind {
      case .text: type = "string"
      case .integer(let range):
        type = "integer"
        minimum = range.lowerBound
        maximum = range.upperBound
      case .texts:
        type = "array"
        items = ["type": "string"]
      case .textsByName:
        type = "object"
        additionalProperties = ["type": "string"]
      }
    }
  }
}
