import Base
import Testing

@Suite struct ShownTextTests {
  @Test(
    "Control characters and characters that reorder text are shown as a dot",
    arguments: [
      0x1B, 0x07, 0x9B, 0x7F, 0x202E, 0x2066, 0x200F, 0x2028, 0xFFFF, 0x1FFFE, 0xFDD0, 0xE0041,
    ])
  func treacherous(code: UInt32) throws {
    let scalar = Character(try #require(Unicode.Scalar(code)))
    #expect("a\(scalar)b".shownInLine.unicodeScalars.elementsEqual("a·b".unicodeScalars))
    #expect("a\(scalar)b".shown == "a·b")
  }

  @Test func lineBreaksStayInTexts() {
    #expect("a\n\tb".shown == "a\n\tb")
    #expect("a\n\tb".shownInLine == "a··b")
  }

  @Test func otherScriptsStay() {
    let text = "żółć — 日本語 👩‍🔬 שלום e\u{301}"
    #expect(text.shownInLine == text)
  }

  @Test func json() throws {
    let noncharacter = Character(try #require(Unicode.Scalar(0x1FFFF as UInt32)))
    #expect(
      "a\"\u{301}\\\u{1B}\u{202E}<\(noncharacter)".quotedJSON.utf8.elementsEqual(
        "\"a\\\"\u{301}\\\\\\u001b\\u202e\\u003c\\ud83f\\udfff\"".utf8))
  }

  @Test func longTextIsCutByScalars() {
    #expect("align".cut(to: 5) == "align")
    #expect("aligned".cut(to: 5) == "align…")
    #expect("äöüäöü".cut(to: 6) == "äöüäöü")
    // A letter and its combining mark are two.
    #expect("e\u{301}e\u{301}".cut(to: 3).unicodeScalars.elementsEqual("e\u{301}e…".unicodeScalars))
  }
}
