/// The family of an EC2 instance type: of `r6id.4xlarge` the letter `r` and the generation `6id`.
package struct InstanceFamily: Hashable, Comparable, Sendable {
  package var letter: String
  package var generation: String

  /// Nil where the name is none of a family with a number.
  package init?(ofType type: String) {
    guard let name = type.split(separator: ".").first, let digit = name.firstIndex(where: \.isNumber),
      digit > name.startIndex
    else { return nil }
    letter = String(name[..<digit])
    generation = String(name[digit...])
  }

  package var name: String { letter + generation }

  /// `6` of `c6gd`.
  package var number: Int { Int(generation.prefix { $0.isNumber }) ?? 0 }

  /// The family's number, 0 where it has none: `6` of `c6gd.xlarge`.
  package static func number(ofType type: String) -> Int { InstanceFamily(ofType: type)?.number ?? 0 }

  /// What stands behind the number: `id` of `c6id`.
  private var attributes: Substring { generation.drop { $0.isNumber } }

  /// The attributes without the maker of an x86 processor, `i` Intel or `a` AMD: `d` of `c6id` and of `c5d`.
  private var attributesOfAnyMaker: Substring {
    attributes.dropFirst(attributes.first == "i" || attributes.first == "a" ? 1 : 0)
  }

  package static func < (a: InstanceFamily, b: InstanceFamily) -> Bool { a.name < b.name }

  // MARK: Graviton

  /// `c6g` of `c5`, `c5a` and `c6i`, `c6gd` of `c5d` and `c6id`, `c6gn` of `c5n`: the same letter, no older, and the same
  /// attributes once the maker of the processor (`i` Intel, `a` AMD, `g` Graviton) is taken off.
  package func isGravitonSibling(of other: InstanceFamily) -> Bool {
    letter == other.letter && number >= other.number && attributes.first == "g"
      && attributes.dropFirst() == other.attributesOfAnyMaker
  }

  /// Whether a type has the same size as another, and a family that is a sibling: `c6g.xlarge` of `c5.xlarge`.
  package static func isGravitonSibling(_ name: String, ofType type: String) -> Bool {
    guard let dot = type.firstIndex(of: "."), name.hasSuffix(type[dot...]), let other = InstanceFamily(ofType: name),
      let family = InstanceFamily(ofType: type)
    else { return false }
    return other.isGravitonSibling(of: family)
  }

  /// What the names of all Graviton siblings of an x86 type match, and few others: `c*gd.xlarge` of `c6id.xlarge`.
  package static func gravitonPattern(ofType type: String) -> String? {
    guard let family = InstanceFamily(ofType: type), let dot = type.firstIndex(of: ".") else { return nil }
    return "\(family.letter)*g\(family.attributesOfAnyMaker)\(type[dot...])"
  }
}
