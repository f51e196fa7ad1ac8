import Domain
import TestSupport
import Testing

@Suite struct ExactMoneyReading {
  private func read(_ text: String) -> ExactMoney? {
    Array(text.utf8).withUnsafeBytes { ExactMoney(decimal: $0) }
  }

  @Test(arguments: [
    ("1.7280000000", "1.728"), ("-597.2887416380", "-597.288741638"), ("0E-10", "0"),
    ("3.765023952e-06", "0.000003765023952"),
    ("+12", "12"), (".5", "0.5"), ("8999999999.999999999999999999", "8999999999.999999999999999999"),
    ("0.0000000000000000015", "0.000000000000000002"), ("0.0000000000000000025", "0.000000000000000002"),
    ("1e3", "1000"),
  ])
  func decimals(text: String, printed: String) { #expect(read(text)?.description == printed) }

  @Test(arguments: [
    "", "-", ".", "1.2.3", "NaN", "1,5", "1e", "1e+", "0x10", "9000000000", "1e99", " 1", "1 USD",
    "1234567890123456789012345678901234567",
  ])
  func notDecimals(text: String) { #expect(read(text) == nil) }

  @Test("Printed amounts read back, and nanodollars plus rest are the whole amount: 10,000 seeds")
  func roundTrip() {
    for seed in UInt64(1)...10_000 {
      var random = SeededGenerator(seed: seed)
      let amount = ExactMoney(
        nanodollars: Int64.random(in: -8_000_000_000_000_000_000...8_000_000_000_000_000_000, using: &random),
        rest: Int64.random(in: -499_999_999...499_999_999, using: &random))
      #expect(read(amount.description) == amount, "seed \(seed)")
      #expect(ExactMoney(nanodollars: amount.rounded.nanodollars, rest: amount.rest) == amount, "seed \(seed)")
    }
  }
}
