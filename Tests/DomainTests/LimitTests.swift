import Testing

@testable import Domain

/// What happens at the ends of what numbers can hold.
@Suite struct LimitTests {
  @Test("Sums, differences and products that do not fit are the largest or smallest number")
  func clamped() {
    #expect([sum(1, 2), sum(.max, 1), sum(.min, -1)] == [3, .max, .min])
    #expect([difference(1, 2), difference(.min, 1), difference(.max, -1)] == [-1, .min, .max])
    #expect([product(-3, 4), product(.max, 2), product(.min, 2), product(.min, -1)] == [-12, .max, .min, .max])
    #expect(Money(nanodollars: .max) + Money(nanodollars: 1) == Money(nanodollars: .max))
    #expect(-Money(nanodollars: .min) == Money(nanodollars: .max))
    #expect(ExactMoney(attodollars: Int128(Int64.max) * 2_000_000_000).rounded == Money(nanodollars: .max))
  }

  @Test func resourcesAddUpWithoutATrap() {
    let (own, most) = (
      Resources(milliVCPUs: 250, memoryMiB: 512, gpus: 1),
      Resources(milliVCPUs: .max, memoryMiB: 0, gpus: 0)
    )
    #expect(own + own == Resources(milliVCPUs: 500, memoryMiB: 1024, gpus: 2))
    #expect(own + most == Resources(milliVCPUs: .max, memoryMiB: 512, gpus: 1))
    #expect(Resources.zero - own == Resources(milliVCPUs: -250, memoryMiB: -512, gpus: -1))
    #expect(own.union(most) == Resources(milliVCPUs: .max, memoryMiB: 512, gpus: 1))
  }

  @Test("One percent more than a host has may be measured, and a MiB; more cannot have been used")
  func usedOnAHost() {
    let host = Resources(milliVCPUs: 4000, memoryMiB: 8000)
    #expect(Resources(milliVCPUs: 4040, memoryMiB: 8081).canBeUsed(on: host))
    #expect(!Resources(milliVCPUs: 4041, memoryMiB: 8000).canBeUsed(on: host))
    #expect(!Resources(milliVCPUs: 4000, memoryMiB: 8082).canBeUsed(on: host))
    #expect(!host.exceeds(host))
    #expect(Resources(milliVCPUs: 4001, memoryMiB: 0).exceeds(host))
    #expect(Resources(milliVCPUs: 0, memoryMiB: 8001).exceeds(host))
    #expect(Resources(milliVCPUs: 0, memoryMiB: 0, gpus: 1).exceeds(host))
  }

  @Test func implausibleNumbersAreUnknown() {
    #expect(
      Plausible.resources(milliVCPUs: 8_192_000, memoryMiB: 134_217_728, gpus: 256)
        == Resources(milliVCPUs: 8_192_000, memoryMiB: 134_217_728, gpus: 256))
    #expect(Plausible.resources(milliVCPUs: 8_192_001, memoryMiB: 1, gpus: 0) == nil)
    #expect(Plausible.resources(milliVCPUs: 1, memoryMiB: 134_217_729, gpus: 0) == nil)
    #expect(Plausible.resources(milliVCPUs: 1, memoryMiB: 1, gpus: -1) == nil)
    #expect([-1, 5, 300].map(Plausible.gpus.clamp) == [0, 5, 256])
    // 2005-12-31T23:59:59.999Z and 2006-01-01T00:00:00Z.
    #expect(Instant(plausible: 1_136_073_599_999) == nil)
    #expect(Instant(plausible: 1_136_073_600_000)?.description == "2006-01-01T00:00:00Z")
    #expect(Instant(plausible: nil) == nil)
    #expect(Instant(plausible: .max) == nil)
  }

  @Test func cellsAsConditions() {
    let yes: [Cell] = [
      .integer(-1), .real(0.1), .text("0"), .money(Money(nanodollars: 1)), .instant(Instant(milliseconds: 0)),
      .boolean(true),
    ]
    let no: [Cell] = [.null, .integer(0), .real(0), .real(.nan), .text(""), .money(.zero), .boolean(false)]
    #expect(yes.filter(\.isTrue) == yes)
    #expect(no.filter(\.isTrue) == [])
    #expect(yes.map(\.isNumber) == [true, true, false, true, false, false])
    #expect(Cell.real(.infinity).number == nil)
    #expect(Cell.real(1e16).plain == "1e+16")
    #expect(Cell.money(Money(nanodollars: .max)).adding(.money(Money(nanodollars: 1))) == nil)
    #expect(Cell.null.isNull && !Cell.integer(0).isNull)
  }
}
