import Accounting
import Domain
import Testing

@testable import Insights

private func sample(_ used: Int64, of requested: Int64 = 1000) -> UsageSample {
  UsageSample(requestedMilliVCPUs: 4000, requestedMiB: requested, usedMilliVCPUs: 1000, usedMiB: used)
}

/// Worked out by hand: requests of 1,000 MiB, peaks of 100, 200 … 1,000 MiB.
@Suite struct GoldenFits {
  private let tenth = (1...10).map { sample(Int64($0) * 100) }

  private func fit(percentile: Int, coversPeaks: Bool) -> SizingFit? {
    var settings = SizingSettings()
    settings.percentile = percentile
    settings.coversPeaks = coversPeaks
    settings.memoryMarginPercent = 15
    return SizingFit(tenth, settings)
  }

  @Test(
    "The percentile is the nearest rank, the margin 15 %",
    arguments: [(50, 500_000, 575_000), (90, 900_000, 1_035_000), (95, 1_000_000, 1_150_000), (1, 100_000, 115_000)])
  func percentiles(percentile: Int, used: Int64, needed: Int64) {
    let fit = fit(percentile: percentile, coversPeaks: false)
    #expect(fit?.usedMemory == used)
    #expect(fit?.neededMemory == needed)
    #expect(fit?.usedVCPUs == 250_000)
    #expect(fit?.neededVCPUs == 287_500)
  }

  @Test("No measured peak is ever above the advice") func peaks() {
    #expect(fit(percentile: 50, coversPeaks: true)?.neededMemory == 1_000_000)
    #expect(fit(percentile: 90, coversPeaks: true)?.neededMemory == 1_035_000)
  }

  @Test("A peak known only from a kill is marked as imputed") func imputed() {
    var samples = tenth
    samples[9].isImputed = true
    #expect(SizingFit(samples, SizingSettings())?.isMemoryImputed == true)
    samples[8].usedMiB = 1000
    #expect(SizingFit(samples, SizingSettings())?.isMemoryImputed == false)
  }

  @Test("Three samples are too few") func tooFew() {
    #expect(SizingFit(Array(tenth.prefix(3)), SizingSettings()) == nil)
    #expect(SizingFit(Array(tenth.prefix(4)), SizingSettings()) != nil)
  }

  @Test("An extreme peak among twenty is left out and counted; among nineteen it is not") func outliers() {
    let flat = [UsageSample](repeating: sample(100), count: 19)
    // Q1 = Q3 = 100, a tenth of which stands in for the interquartile range: the fence is 100 + 3 · 10.
    let twenty = SizingFit(flat + [sample(131)], SizingSettings())
    #expect(twenty?.outliers == 1)
    #expect(twenty?.neededMemory == 130_000)
    #expect(SizingFit(flat + [sample(130)], SizingSettings())?.outliers == 0)
    #expect(SizingFit(flat.dropLast() + [sample(131)], SizingSettings())?.neededMemory == 170_300)
  }

  @Test(
    "Confidence by number of samples",
    arguments: [(4, Confidence.low), (19, .low), (20, .fair), (58, .fair), (59, .high)])
  func confidence(samples: Int, expected: Confidence) { #expect(Confidence(samples: samples) == expected) }
}

@Suite struct GoldenShapes {
  // ECS registers 15,965 MiB on an m5.xlarge and 7,980 on a c5.xlarge (the sample account).
  private let m5 = PackingType(name: "m5.xlarge", milliVCPUs: 4000, registeredMiB: 15_965, nominalMiB: 16_384)
  private let c5 = PackingType(name: "c5.xlarge", milliVCPUs: 4000, registeredMiB: 7980, nominalMiB: 8192)

  private func snapped(_ mib: Int64, _ types: [PackingType]) -> Int64 {
    Packing.snapped(Resources(milliVCPUs: 1000, memoryMiB: mib), to: types).memoryMiB
  }

  @Test("Memory fills what three jobs, or one, leave free") func fills() {
    #expect(snapped(5000, [m5]) == 5321)
    #expect(snapped(5000, [c5]) == 7980)
    #expect(snapped(5000, [m5, c5]) == 5321)
  }

  @Test("If vCPUs are the limit, memory is not raised") func vcpusBind() { #expect(snapped(512, [m5]) == 512) }

  @Test("8 GiB never fit on an instance of 8 GiB") func nominal() {
    #expect(c5.count(Resources(milliVCPUs: 1000, memoryMiB: 8192)) == 0)
    #expect(snapped(8192, [c5]) == 8192)
    #expect(PackingType.usable(8192) == 7914)
  }

  @Test(
    "Fargate's sizes",
    arguments: [(300, 1500, 500, 2048), (250, 2049, 500, 3072), (1000, 9000, 2000, 9216), (4000, 30_721, 8000, 32_768)])
  func fargate(milliVCPUs: Int64, mib: Int64, expectedVCPUs: Int64, expectedMiB: Int64) {
    let size = FargateSizes.smallest(holding: Resources(milliVCPUs: milliVCPUs, memoryMiB: mib)) {
      $0.milliVCPUs * 9 + $0.memoryMiB
    }
    #expect(size == Resources(milliVCPUs: expectedVCPUs, memoryMiB: expectedMiB))
  }

  @Test("Beyond 32 vCPUs or 244 GB there is no task size") func tooLarge() {
    #expect(
      FargateSizes.smallest(holding: Resources(milliVCPUs: 17_000, memoryMiB: 1024)) { $0.memoryMiB }
        == Resources(milliVCPUs: 32_000, memoryMiB: 61_440))
    #expect(FargateSizes.smallest(holding: Resources(milliVCPUs: 33_000, memoryMiB: 1024)) { $0.memoryMiB } == nil)
    #expect(FargateSizes.smallest(holding: Resources(milliVCPUs: 1000, memoryMiB: 249_857)) { $0.memoryMiB } == nil)
  }

  @Test(
    "Job names without their numbers",
    arguments: [
      ("align_sample-17 (3)", "align_sample-*"), ("NFCORE_FASTQC (SRX1)", "NFCORE_FASTQC"), ("run2026x7", "run*x*"),
      ("plain", "plain"), ("(3)", "(*)"),
    ])
  func patterns(name: String, expected: String) {
    let pattern = Array(name.utf8).withUnsafeBufferPointer { VaryingParts.pattern(of: $0) }
    #expect(String(decoding: pattern, as: UTF8.self) == expected)
  }
}
