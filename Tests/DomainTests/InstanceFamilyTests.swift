import Testing

@testable import Domain

@Suite struct InstanceFamilyTests {
  @Test(
    "Graviton sibling families, by name",
    arguments: [
      ("c5.", "c6g.", true), ("c5a.", "c6g.", true), ("c6i.", "c7g.", true), ("c7i.", "c6g.", false),
      ("c7a.", "c7g.", true), ("c5d.", "c6gd.", true), ("c6id.", "c7gd.", true), ("c5d.", "c6g.", false),
      ("c5.", "c6gd.", false), ("c5n.", "c6gn.", true), ("c6in.", "c7gn.", true), ("c5ad.", "c6gd.", true),
      ("m5.", "c6g.", false), ("m5zn.", "m6g.", false), ("r5b.", "r6g.", false), ("m7i-flex.", "m7g.", false),
      ("r5.", "r8g.", true), ("m5.", "m6i.", false), ("x2iedn.", "x2gd.", false), ("t3a.", "t4g.", true),
      ("c9.", "c10g.", true),
    ]) func families(x86: String, arm: String, isSibling: Bool) throws
  {
    let (own, other) = (try #require(InstanceFamily(ofType: x86)), try #require(InstanceFamily(ofType: arm)))
    #expect(other.isGravitonSibling(of: own) == isSibling)
  }

  @Test(
    "The pattern that matches a type's Graviton siblings",
    arguments: [
      ("c5.xlarge", "c*g.xlarge"), ("c6i.xlarge", "c*g.xlarge"), ("m5a.large", "m*g.large"),
      ("c6id.32xlarge", "c*gd.32xlarge"), ("c5n.18xlarge", "c*gn.18xlarge"), ("c5ad.metal", "c*gd.metal"),
    ]) func patterns(type: String, pattern: String)
  {
    #expect(InstanceFamily.gravitonPattern(ofType: type) == pattern)
  }

  @Test(arguments: ["", "xlarge", "c5", ".xlarge", "5.xlarge", "optimal"]) func noFamilyNoPattern(type: String) {
    #expect(InstanceFamily.gravitonPattern(ofType: type) == nil)
  }

  @Test(
    "Graviton siblings, by name",
    arguments: [
      ("c5.xlarge", "c8g.xlarge", true), ("c5.xlarge", "c8g.2xlarge", false), ("c5.xlarge", "c8gd.xlarge", false),
      ("m6id.large", "m7gd.large", true), ("c7i.xlarge", "c6g.xlarge", false), ("c5.xlarge", "c6i.xlarge", false),
      ("c5.xlarge", "c10g.xlarge", true), ("c5", "c6g", false),
    ]) func siblings(type: String, name: String, isSibling: Bool)
  {
    #expect(InstanceFamily.isGravitonSibling(name, ofType: type) == isSibling)
  }
}
