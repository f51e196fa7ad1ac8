import Testing

@testable import Insights

/// What `--where` understands, and what it says about the rest.
@Suite struct LensParserTests {
  @Test func valuesAreAlternatives() throws {
    let condition = try LensParser.condition("tag:team=ml,bio")
    #expect(condition.subject == .tag("team"))
    #expect(condition.values.map(\.source) == ["ml", "bio"])
    #expect(condition.values[1].matches("bio"))
    #expect(!condition.values[1].matches("bio2"))
  }

  @Test(arguments: [
    (#"queue="a,b""#, ["a,b"]), (#"queue=a\,b,c"#, ["a,b", "c"]), (#"queue="say \"hi\"",x"#, [#"say "hi""#, "x"]),
    ("queue=", [""]), ("queue=a,", ["a", ""]), ("queue=a b", ["a b"]), ("queue=a=b~c", ["a=b~c"]),
    (#"queue=\"a"#, ["\"a"]),
  ]) func valuesMayBeQuotedOrEscaped(source: String, values: [String]) throws {
    #expect(try LensParser.condition(source).values.map(\.source) == values)
  }

  @Test(arguments: [
    (#"tag:"my=key"=x"#, "my=key"), (#"tag:a\~b=x"#, "a~b"), ("tag:aws:batch/x=y", "aws:batch/x"), ("tag:été=x", "été"),
  ]) func tagNamesMayContainAnything(source: String, name: String) throws {
    #expect(try LensParser.condition(source).subject == .tag(name))
  }

  @Test(arguments: [
    ("align*", "align-1", true), ("align*", "realign", false), ("*lig*", "align", true), ("a?c", "abc", true),
    ("a?c", "aéc", true), ("a?c", "ac", false), (#"a\*c"#, "a*c", true), (#"a\*c"#, "abc", false),
    ("*a*b", "xaxbab", true),
    ("*", "", true), ("a**", "a", true), ("*ab", "aab", true),
  ]) func patternsMatch(pattern: String, text: String, matches: Bool) throws {
    let condition = try LensParser.condition("name~\(pattern)")
    #expect(condition.isPattern)
    #expect(condition.values[0].matches(text) == matches)
  }

  @Test func aStarIsLiteralWithoutATilde() throws {
    #expect(try LensParser.condition("queue=a*").values[0].matches("a*"))
    #expect(try !LensParser.condition("queue=a*").values[0].matches("ab"))
  }

  static let mistakes: [(String, String)] = [
    (
      "queu=gpu",
      "there is no condition \"queu\" (did you mean \"queue\"?); the conditions are queue, definition, name, job, account, "
        + "region, currency, environment, run, workflow, step, client, user and tag:NAME (character 1)"
    ),
    ("", "a condition begins with a name, as in queue=gpu (character 1)"),
    ("=gpu", "a condition begins with a name, as in queue=gpu (character 1)"),
    ("queue", "\"=\" or \"~\" is missing after \"queue\" (character 6)"),
    ("tag:team", "\"=\" or \"~\" is missing after the name of the tag (character 9)"),
    ("tag:=ml", "the name of a tag is missing, as in tag:team=ml (character 5)"),
    ("queue=\"gpu", "the quote that begins here is not closed (character 7)"),
    ("queue=\"gpu\"x", "after a quote comes \",\" or the end (character 12)"),
    ("queue=g\"pu", "a quote inside a value is written \\\" (character 8)"),
    ("queue=gpu\\", "nothing follows the \"\\\" (character 10)"),
  ]

  @Test(arguments: mistakes) func mistakesHaveAPlace(source: String, message: String) {
    #expect(throws: LensError(message: "--where \(source): \(message)")) { try LensParser.condition(source) }
  }
}
