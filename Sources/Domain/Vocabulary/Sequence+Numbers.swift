extension Sequence where Element: RawRepresentable, Element.RawValue: BinaryInteger {
  /// Their raw values as an SQL list: `0, 1, 10`.
  package var numbers: String { map { String($0.rawValue) }.joined(separator: ", ") }
}
