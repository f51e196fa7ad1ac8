import Domain
import Testing

@testable import Insights

/// Fewer GPUs: what steps should ask for, and the back-test of that.
@Suite struct GPUAdviceTests {
  private static func samples(_ working: [Int64], gpus: Int64 = 4, cost: Int64 = 4_000_000_000) -> [GPUAdvice.Sample] {
    working.map { GPUAdvice.Sample(step: 7, gpus: gpus, working: $0, cost: cost) }
  }

  @Test("Four of four GPUs asked for, never more than two at work: half of $16, and half of the later half")
  func fewer() throws {
    let advice = try #require(GPUAdvice(Self.samples([1, 2, 1, 2, 2, 1, 2, 0])))
    #expect(advice.status == .advised && advice.advised == 2 && advice.gpus == 4)
    #expect(advice.cost == 32_000_000_000 && advice.saving == 16_000_000_000)
    #expect(advice.fitted == 4 && advice.tested == 4)
    #expect(advice.testedCost == 16_000_000_000 && advice.testedSaving == 8_000_000_000)
    #expect(advice.short == 0 && advice.shortCost == 0)
  }

  @Test(
    "One of the later half needs three: nothing but one GPU less is advised, and the back-test says what two would have cost"
  )
  func short() throws {
    let advice = try #require(GPUAdvice(Self.samples([2, 2, 2, 2, 2, 3, 2, 2])))
    // A quarter of 8 · $4; the advice of the earlier half saves half of three, and fails the one for $4.
    #expect(advice.advised == 3 && advice.saving == 8_000_000_000)
    #expect(advice.testedSaving == 6_000_000_000)
    #expect(advice.short == 1 && advice.shortCost == 4_000_000_000)
  }

  @Test("All at work, three attempts, seven without a back-test; one GPU is the least")
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
