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
}
