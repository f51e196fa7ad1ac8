extension Sequence where Element: RawRepresentable, Element.RawValue: BinaryInteger {
  /// The numbers that tables keep for these, as a list in SQL: `0, 1, 10`.
  package var numbers: String { map { String($0.rawValue) }.joined(separator: ", ") }
}
