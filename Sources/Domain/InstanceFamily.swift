/// The family of an EC2 instance type: for `r6id.4xlarge`, the letter `r` and the generation `6id`.
package struct InstanceFamily: Hashable, Comparable, Sendable {
  /// The letters before the first digit: `r` of `r6id`, `inf` of `inf2`.
  package var letter: String
  /// The digits and what follows them: `6id` of `r6id`.
  package var generation: String

  /// Nil if the name does not have a family with a number.
  package init?(ofType type: String) {
    guard let name = type.split(separator: ".").first, let digit = name.firstIndex(where: \.isNumber),
      digit > name.startIndex
    else { return nil }
    letter = String(name[..<digit])
    generation = String(name[digit...])
  }

  /// As in the type: `r6id`.
  package var name: String { letter + generation }

  /// `6` of `c6gd`.
  package var number: Int { Int(generation.prefix { $0.isNumber }) ?? 0 }

  /// The family's number, 0 if it has none: `6` for `c6gd.xlarge`.
  package static func number(ofType type: String) -> Int { InstanceFamily(ofType: type)?.number ?? 0 }

  /// What follows the number: `id` in `c6id`.
  private var attributes: Substring { generation.drop { $0.isNumber } }

  /// The attributes without the maker of an x86 processor, `i` Intel or `a` AMD: `d` for `c6id` and for `c5d`.
  private var attributesOfAnyMaker: Substring {
    attributes.dropFirst(attributes.first == "i" || attributes.first == "a" ? 1 : 0)
  }

  package static func < (a: InstanceFamily, b: InstanceFamily) -> Bool { a.name < b.name }

  // MARK: Graviton

  /// Whether this is a Graviton sibling: `c6g` of `c5`, `c5a` and `c6i`, `c6gd` of `c5d` and `c6id`, `c6gn` of `c5n`.
  /// It has the same letter, is no older, and has the same attributes apart from the maker of the processor (`i` Intel,
  /// `a` AMD, `g` Graviton).
  package func isGravitonSibling(of other: InstanceFamily) -> Bool {
    letter == other.letter && number >= other.number && attributes.first == "g"
      && attributes.dropFirst() == other.attributesOfAnyMaker
  }

  /// Whether a type has the same size as another, and a sibling family: `c6g.xlarge` for `c5.xlarge`.
  package static func isGravitonSibling(_ name: String, ofType type: String) -> Bool {
    guard let dot = type.firstIndex(of: "."), name.hasSuffix(type[dot...]), let other = InstanceFamily(ofType: name),
      let family = InstanceFamily(ofType: type)
    else { return false }
    return other.isGravitonSibling(of: family)
  }

  /// A pattern that matches the names of all Graviton siblings of an x86 type, and few others: `c*gd.xlarge` for
  /// `c6id.xlarge`.
  package static func gravitonPattern(ofType type: String) -> String? {
    guard let family = InstanceFamily(ofType: type), let dot = type.firstIndex(of: ".") else { return nil }
    return "\(family.letter)*g\(family.attributesOfAnyMaker)\(type[dot...])"
  }
}
