import Domain
import Testing

@testable import Insights

/// Advice to use fewer GPUs, and its back-test.
@Suite struct GPUAdviceTests {
  private static func samples(_ working: [Int64], gpus: Int64 = 4, cost: Int64 = 4_000_000_000) -> [GPUAdvice.Sample] {
    working.map { GPUAdvice.Sample(step: 7, gpus: gpus, working: $0, cost: cost) }
  }

  @Test("Four GPUs requested, never more than two working: half of $16, and half of the later half")
  func fewer() throws {
    let advice = try #require(GPUAdvice(Self.samples([1, 2, 1, 2, 2, 1, 2, 0])))
    #expect(advice.status == .advised && advice.advised == 2 && advice.gpus == 4)
    #expect(advice.cost == 32_000_000_000 && advice.saving == 16_000_000_000)
    #expect(advice.fitted == 4 && advice.tested == 4)
    #expect(advice.testedCost == 16_000_000_000 && advice.testedSaving == 8_000_000_000)
    #expect(advice.short == 0 && advice.shortCost == 0)
  }

  @Test(
    "One attempt in the later half needs three: only one GPU less is advised; the back-test shows the price of two"
  )
  func short() throws {
    let advice = try #require(GPUAdvice(Self.samples([2, 2, 2, 2, 2, 3, 2, 2])))
    // A quarter of 8 · $4; the earlier half's advice saves half for three attempts, and fails the fourth, which cost
    // $4.
    #expect(advice.advised == 3 && advice.saving == 8_000_000_000)
    #expect(advice.testedSaving == 6_000_000_000)
    #expect(advice.short == 1 && advice.shortCost == 4_000_000_000)
  }

  @Test("All working; three attempts; seven, too few to back-test; one GPU is the minimum")
  func limits() throws {
    #expect(GPUAdvice(Self.samples([4, 4, 1, 1]))?.status == .fits)
    let few = try #require(GPUAdvice(Self.samples([1, 1, 1])))
    #expect(few.status == .tooFew && few.advised == 4 && few.saving == 0)
    #expect(GPUAdvice(Self.samples([1, 1, 1, 1, 1, 1, 1]))?.fitted == 0)
    #expect(GPUAdvice(Self.samples([0, 0, 0, 0], gpus: 2))?.advised == 1)
    #expect(GPUAdvice([]) == nil)
  }

  @Test("By step and number of GPUs, a third rounded down")
  func groups() {
    let samples = Self.samples([1, 1, 1, 1], gpus: 2, cost: 1) + Self.samples([2, 2, 2, 2], gpus: 3, cost: 100)
    let advice = GPUAdvice.all(samples)
    #expect(advice.map(\.gpus) == [2, 3])
    #expect(advice.map(\.saving) == [0, 4 * 33])
  }
}
