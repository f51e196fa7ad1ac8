/// The second page of the weekly report: which queues, tags, definitions and places spent it.
extension Sentence {
  static let weeklySpenders = [queueTitle, tagTitle, tagSubtitle, definitionTitle, placesTitle]

  private static let queueTitle = Sentence("weekly-queue-title") { facts in
    let row = try facts["weekly-titles"]
    guard try row.known("top_queue_share"), try row.counts("top_queue_usd") else { return "Cost by job queue" }
    guard try leads("cost-by-queue", row.number("top_queue_share"), facts) else { return "Cost by job queue" }
    let taken = "\(try row.name("top_queue")) takes \(try row.usd("top_queue_usd"))"
    if try facts.isAllChosen(row, "top_queue_share") { return taken }
    return "\(taken), \(try facts.share(row, "top_queue_share", of: "the work"))"
  }

  /// Whether the first row of a table is worth naming: it stands out, and is not one of many small ones.
  private static func leads(_ query: String, _ share: Double?, _ facts: Facts) throws -> Bool {
    try (share ?? 0) >= 0.1 && facts.lead(query, 1, share ?? 0) && !facts.isMostlyUnknown
  }

  private static let tagTitle = Sentence("weekly-tag-title") { facts in
    let row = try facts["weekly-titles"]
    let tag = try facts["tag-keys"].name("tag")
    guard !tag.isEmpty else { return "" }
    if try facts.isMostlyUnknown { return "Cost by \(tag)" }
    if try row.known("top_two_tags_share") {
      let share = try row.number("top_two_tags_share") ?? 0
      guard share >= 0.2, try facts.lead("cost-by-tag", 2, share) else { return "Cost by \(tag)" }
      // A value can be empty, and that is no team.
      let hasEmpty = try facts.rows("cost-by-tag").filter { try $0.cell("kind").plain == "tagged" }.prefix(2)
        .contains { try $0.cell("tag_value").plain.isEmpty }
      let who = tag.lowercased() == "team" && !hasEmpty ? "Two teams make up" : "Two values of \(tag) make up"
      return "\(who) \(try facts.share(row, "top_two_tags_share", of: "the work"))"
    }
    // A single value that all jobs have says nothing.
    let values = try facts.rows("cost-by-tag").filter { try $0.cell("kind") != .text("unused") }
    if values.count == 1 { return "" }
    guard try row.some("top_tag_share"), try !facts.isAllChosen(row, "top_tag_share") else { return "Cost by \(tag)" }
    guard try facts.lead("cost-by-tag", 1, row.number("top_tag_share") ?? 0) else { return "Cost by \(tag)" }
    let value = try row.cell("top_tag").plain.isEmpty ? "An empty value" : row.name("top_tag")
    return "\(value) makes up \(try facts.share(row, "top_tag_share", of: "the work"))"
  }

  private static let tagSubtitle = Sentence("weekly-tag-subtitle") { facts in
    let tag = try facts["tag-keys"].name("tag")
    guard !tag.isEmpty else { return "" }
    let keys = try facts.rows("tag-keys")
    let isChosen = try keys.count > 1 && !(keys[0].some("is_team"))
    return
      "Cost by tag *\(tag)*\(isChosen ? ", which covers most of the cost" : ""), \(facts.currency), children with their parents"
  }

  private static let definitionTitle = Sentence("weekly-definition-title") { facts in
    let row = try facts["weekly-titles"]
    guard try row.counts("top_definition_usd") else { return "" }
    if try row.number("top_definition_share") ?? 0 > 0.9999999, try !facts.isMostlyUnknown {
      return "\(try row.name("top_definition")) is \(try facts.share(row, "top_definition_share", of: "the work"))"
    }
    guard try leads("cost-by-job-definition", row.number("top_definition_share"), facts) else {
      return "Cost by job definition"
    }
    return "\(try row.name("top_definition")) alone is \(try row.percent("top_definition_share")) of the work"
  }

  /// Empty if there is one account and one region.
  private static let placesTitle = Sentence("weekly-places-title") { facts in
    let (accounts, regions) = (try facts["cost-by-account"], try facts["cost-by-region"])
    let manyAccounts = (try accounts.number("places") ?? 0) > 1
    let manyRegions = (try regions.number("places") ?? 0) > 1
    guard manyAccounts || manyRegions else { return "" }
    let row = manyAccounts ? accounts : regions
    guard try row.known("share") else { return manyAccounts ? "Cost by account" : "Cost by region" }
    return manyAccounts
      ? "Account \(try row.name("account")) took \(try row.usd("cost_usd")), \(try facts.share(row, "share", of: "the cost"))"
      : "\(try row.name("region")) took \(try row.usd("cost_usd")), \(try facts.share(row, "share", of: "the cost"))"
  }
}
