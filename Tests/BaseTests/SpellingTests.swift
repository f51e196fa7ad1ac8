import Base
import Testing

@Suite struct SpellingTests {
  @Test func distances() {
    #expect(Spelling.distance("cost-by-que", "cost-by-queue") == 2)
    #expect(Spelling.distance("ab", "ba") == 1)
    #expect(Spelling.distance("", "abc") == 3)
  }

  @Test func aHintIsNear() {
    #expect(Spelling.hint("Totls", among: ["totals", "movers"]) == " (did you mean \"totals\"?)")
    #expect(Spelling.hint("nonsense", among: ["totals", "movers"]) == "")
    #expect(Spelling.hint("ab", among: ["xy"]) == "")
  }

  @Test func whatWasBegunIsCompleted() {
    #expect(Spelling.hint("cost", among: ["cost_by_queue", "cost_usd", "jobs"]) == " (did you mean \"cost_usd\"?)")
    #expect(Spelling.hint("co", among: ["cost_usd"]) == "")
  }

  @Test func withoutAHintThereAreNames() {
    #expect(Spelling.alternatives(to: "Totls", among: ["totals", "movers"]) == " (did you mean \"totals\"?)")
    #expect(Spelling.alternatives(to: "nonsense", among: ["totals", "movers"]) == "; there are totals, movers")
    #expect(Spelling.alternatives(to: "nonsense", among: ["totals"]) == "; there is totals")
    #expect(
      Spelling.alternatives(to: "nonsense", among: ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8", "i9", "j0"])
        == "; there are a1, b2, c3, d4, e5, f6, g7, h8 and 2 more")
    #expect(Spelling.alternatives(to: "nonsense", among: []) == "")
  }
}
