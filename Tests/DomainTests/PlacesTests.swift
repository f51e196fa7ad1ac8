import Testing

@testable import Domain

@Suite struct PlacesTests {
  @Test(
    "Under which codes the prices of a zone are listed",
    arguments: [
      (String?.none, "us-west-2", ["us-west-2"]), ("us-west-2a", "us-west-2", ["us-west-2"]),
      ("us-west-2-lax-1a", "us-west-2", ["us-west-2-lax-1"]), ("us-west-2-lax-1", "us-west-2", ["us-west-2-lax-1"]),
      ("us-west-2-wl1-las-wlz-1", "us-west-2", ["us-west-2-wl1-las-wlz-1", "us-west-2-wl1-las1"]),
      (
        "us-east-1-wl1-bos-wlz-1", "us-east-1",
        ["us-east-1-wl1-bos-wlz-1", "us-east-1-wl1-bos1", "us-east-1-wl1"]
      ),
      // A zone of another region says nothing.
      ("eu-west-1-lax-1a", "us-west-2", ["us-west-2"]),
    ]) func codes(zone: String?, region: String, expected: [String])
  {
    #expect(PricePlace.codes(ofZone: zone, region: region) == expected)
  }

  @Test(arguments: [
    ("us-west-2a", "us-west-2", true), ("us-west-2-lax-1a", "us-west-2", false), ("eu-west-1a", "us-west-2", false),
  ]) func ownZones(zone: String, region: String, isOwn: Bool) {
    #expect(PricePlace.isOwn(zone: zone, of: region) == isOwn)
  }

  @Test(
    "The place of a product in the price list",
    arguments: [
      ("us-west-2", String?.none, String?.none, "USW2-BoxUsage:c5.large", "us-west-2"),
      ("us-west-2", "AWS Region", "US West (Oregon)", "USW2-BoxUsage:c5.large", "us-west-2"),
      ("us-west-2-lax-1", "AWS Local Zone", "US West (Los Angeles)", "LAX1-BoxUsage:c5.large", "us-west-2-lax-1"),
      ("us-west-2", "AWS Local Zone", "US West (Los Angeles)", "LAX1-BoxUsage:c5.large", "us-west-2-lax-1"),
      // Without a number after three letters the place is known by its name alone.
      ("us-west-2", "AWS Local Zone", "Los Angeles", "LAX-BoxUsage:c5.large", "us-west-2 Los Angeles"),
      ("us-west-2", "AWS Outposts", nil, "USW2-BoxUsage:c5.large", "us-west-2 AWS Outposts"),
    ]) func products(code: String, type: String?, location: String?, usage: String, expected: String)
  {
    #expect(PricePlace.code(code, type: type, location: location, usage: usage) == expected)
  }

  @Test func currenciesOfRegions() {
    #expect(Currency(ofRegion: "cn-north-1") == .cny)
    #expect(Currency(ofRegion: "eu-west-1") == .usd)
    #expect(Currency.foreign(ofRegion: "eusc-de-east-1") == "EUR")
    #expect(Currency.foreign(ofRegion: "eu-central-1") == nil)
  }

  @Test func columnsAreNamedByTheirCurrency() {
    #expect(Currency.usd.column("cost_usd") == "cost_usd")
    #expect(Currency.cny.column("price_usd_per_hour") == "price_cny_per_hour")
    #expect(Currency.cny.column("reusde_") == "reusde_")
    let table = DataTable(["day", "cost_usd"], rows: [[.integer(1), .money(Money(nanodollars: 2))]])
    #expect(table.named(in: .usd).names == ["day", "cost_usd"])
    #expect(table.named(in: .cny).names == ["day", "cost_cny"])
    let both = table.named(in: .cny, keepsDollars: true)
    #expect(both.names == ["day", "cost_usd", "cost_cny"])
    #expect(both.row(0) == [.integer(1), .null, .money(Money(nanodollars: 2))])
    #expect([Currency.usd.symbol, Currency.cny.symbol] == ["$", "CN¥"])
    let (yuan, dollar) = (Currency.cny.unit, Currency.usd.unit)
    #expect([yuan.whole, yuan.hundredth, yuan.hundredths] == ["yuan", "fen", "fen"])
    #expect([dollar.whole, dollar.hundredth, dollar.hundredths] == ["dollar", "cent", "cents"])
  }
}
