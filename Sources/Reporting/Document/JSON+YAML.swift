import Charts
import Yams

extension JSON {
  /// The value of YAML, or of JSON read as YAML, with the order of properties kept.
  ///
  /// - Parameter text: transforms each text.
  package init(_ node: Yams.Node, text: (String, Yams.Node) throws -> String) throws {
    switch node {
    case .mapping(let mapping):
      self = .object(try mapping.map { Member($0.string ?? "", try JSON($1, text: text)) })
    case .sequence(let sequence): self = .array(try sequence.map { try JSON($0, text: text) })
    case .scalar(let scalar):
      if scalar.style == .plain, let literal = JSON(literal: scalar.string) {
        self = literal
      } else {
        self = .string(try text(scalar.string, node))
      }
    case .alias: self = .null
    }
  }

  /// A plain scalar that is not text: `true`, `~`, `1e3`; nil for everything else.
  private init?(literal text: String) {
    switch text {
    case "true": self = .boolean(true)
    case "false": self = .boolean(false)
    case "null", "~", "": self = .null
    default:
      guard let first = text.first, first.isASCII, first.isNumber || "-+.".contains(first),
        let number = Double(text), number.isFinite
      else { return nil }
      self = .number(number)
    }
  }
}
