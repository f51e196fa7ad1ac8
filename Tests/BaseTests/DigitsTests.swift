import Base
import Testing

@Suite struct DigitsTests {
  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-12_345_678_901, "−12,345,678,901"),
      (Int64.min, "−9,223,372,036,854,775,808"),
    ] as [(Int64, String)])
  func thousands(_ value: Int64, _ text: String) { #expect(Digits.english.whole(value) == text) }

  @Test(
    arguments: [(806_744, 2, "8,067.44"), (5, 2, "0.05"), (-5, 3, "−0.005"), (123_456_789, 0, "123,456,789")]
      as [(Int64, Int, String)])
  func decimals(_ value: Int64, _ places: Int, _ text: String) {
    #expect(Digits.english.fixed(value, places: places) == text)
  }

  @Test(arguments: [(2.5, 0, "3"), (-0.004, 2, "0.00"), (1e19, 0, "∞"), (1234.565, 1, "1,234.6")])
  func rounds(_ value: Double, _ places: Int, _ text: String) {
    #expect(Digits.english.fixed(value, places: places) == text)
  }

  @Test func otherSeparators() {
    let german = Digits(group: ".", decimal: ",")
    #expect(german.fixed(Int64(806_744), places: 2) == "8.067,44")
    #expect(Digits(minus: "-").whole(-1000) == "-1,000")
  }

  @Test func leadingZeros() {
    #expect(7.padded(to: 2) == "07")
    #expect(2026.padded(to: 2) == "2026")
    #expect((-7).padded(to: 2) == "-07")
  }
}
