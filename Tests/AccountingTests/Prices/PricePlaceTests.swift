import Domain
import Testing

@testable import Accounting

/// Every place has its own prices, in its own currency: golden values worked out by hand.
@Suite struct PricePlaceTests {
  @Test("China is priced in CNY, with a finding: 2 h at 1.4 On-Demand, at 0.5 on Spot")
  func china() throws {
    for spot in [false, true] {
      var account = SmallAccount()
      (account.region, account.zone, account.partition) = ("cn-north-1", "cn-north-1a", "aws-cn")
      account.instance = spot ? ",\"InstanceLifecycle\":\"spot\"" : ""
      account.products = [
        SmallAccount.product(region: "cn-north-1", usage: "CNN1-BoxUsage:c5.xlarge", currency: "CNY", price: "1.4")
      ]
      account.others = [SmallAccount.spotPrice("cn-north-1a", "c5.xlarge", "0.5")]
      let database = try account.built()
      #expect(try database.lines(SmallAccount.costs) == [spot ? "1000000000|2800000000|0" : "2800000000|2800000000|0"])
      #expect(
        try database.lines("SELECT subject, message FROM ledger_finding WHERE check_name = 'currency'") == [
          "cn-north-1|is billed in CNY: its amounts are in CNY, in separate totals, and never added to dollars"
        ])
      try database.expectConsistent()
    }
  }

  @Test("A price in a currency other than its region's is ignored, with a finding", arguments: ["USD", "EUR"])
  func wrongCurrency(currency: String) throws {
    var account = SmallAccount()
    (account.region, account.zone, account.partition) = ("cn-north-1", "cn-north-1a", "aws-cn")
    account.products = [
      SmallAccount.product(region: "cn-north-1", usage: "CNN1-BoxUsage:c5.xlarge", currency: currency, price: "1.4")
    ]
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE check_name = 'missing-field'") == [
        "is missing: prices of cn-north-1 are read in CNY, and this one is in \(currency)"
      ])
    try database.expectConsistent()
  }

  @Test("Prices of the European Sovereign Cloud are in EUR, and never dollars", arguments: [false, true])
  func sovereign(spot: Bool) throws {
    var account = SmallAccount()
    (account.region, account.zone, account.partition) = ("eusc-de-east-1", "eusc-de-east-1a", "aws-eusc")
    account.instance = spot ? ",\"InstanceLifecycle\":\"spot\"" : ""
    account.products = [
      SmallAccount.product(
        region: "eusc-de-east-1", usage: "EUSCDEE1-BoxUsage:c5.xlarge", currency: "EUR", price: "0.2")
    ]
    account.others = [SmallAccount.spotPrice("eusc-de-east-1a", "c5.xlarge", "0.05")]
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["-|-|7200000"])
    #expect(
      try database.lines("SELECT message FROM collection_finding WHERE check_name <> 'not-used' ORDER BY 1") == [
        "Spot prices of eusc-de-east-1 are in EUR, which batchcost does not read: left out (1)",
        "is missing: prices of eusc-de-east-1 are read in USD, and this one is in EUR",
      ])
    try database.expectConsistent()
  }

  @Test("A Local Zone has its own prices: $0.204 where the region has $0.17, none where it has none")
  func localZone() throws {
    var account = SmallAccount()
    account.zone = "us-west-2-lax-1a"
    let without = try account.built()
    #expect(try without.lines(SmallAccount.costs) == ["-|-|7200000"])
    #expect(
      try without.lines(SmallAccount.unpriced)
        == ["no list price for c5.xlarge in us-west-2-lax-1a, which has other prices than us-west-2"])
    try without.expectConsistent()
    // By its own code, or by its region's with a location type and the usage type's prefix.
    for (code, usage) in [("us-west-2-lax-1", "LAX1-BoxUsage:c5.xlarge"), ("us-west-2", "LAX1-BoxUsage:c5.xlarge")] {
      account.products = [
        SmallAccount.product(),
        SmallAccount.product(region: code, usage: usage, place: "AWS Local Zone", price: "0.204"),
      ]
      let database = try account.built()
      #expect(try database.lines(SmallAccount.costs) == ["408000000|408000000|0"])
      try database.expectConsistent()
      // The region keeps its own price.
      var inRegion = account
      inRegion.zone = "us-west-2a"
      #expect(try inRegion.built().lines(SmallAccount.costs) == ["340000000|340000000|0"])
    }
  }

  @Test("A Wavelength Zone has its own prices: those of another city are not used")
  func wavelengthZone() throws {
    var account = SmallAccount()
    account.zone = "us-west-2-wl1-las-wlz-1"
    let wavelength = "AWS Wavelength Zone"
    let bayArea = SmallAccount.product(
      region: "us-west-2-wl1", usage: "USW2WL1-BoxUsage:c5.xlarge", place: wavelength, price: "0.25")
    account.products = [SmallAccount.product(), bayArea]
    #expect(try account.built().lines(SmallAccount.costs) == ["-|-|7200000"])
    let lasVegas = SmallAccount.product(
      region: "us-west-2-wl1-las1", usage: "USW2WL1LAS1-BoxUsage:c5.xlarge", place: wavelength, price: "0.27")
    account.products.append(lasVegas)
    let database = try account.built()
    #expect(try database.lines(SmallAccount.costs) == ["540000000|540000000|0"])
    account.zone = "us-west-2-wl1-sfo-wlz-1"
    #expect(try account.built().lines(SmallAccount.costs) == ["500000000|500000000|0"])
  }

  @Test func placesOfZones() {
    #expect(PricePlace.codes(ofZone: nil, region: "us-east-1") == ["us-east-1"])
    #expect(PricePlace.codes(ofZone: "us-east-1f", region: "us-east-1") == ["us-east-1"])
    #expect(PricePlace.codes(ofZone: "us-east-1-bos-1a", region: "us-east-1") == ["us-east-1-bos-1"])
    #expect(
      PricePlace.codes(ofZone: "us-east-1-wl1-bos-wlz-1", region: "us-east-1")
        == ["us-east-1-wl1-bos-wlz-1", "us-east-1-wl1-bos1", "us-east-1-wl1"])
    // us-west-2-wl1 is the San Francisco Bay Area.
    #expect(
      PricePlace.codes(ofZone: "us-west-2-wl1-las-wlz-1", region: "us-west-2")
        == ["us-west-2-wl1-las-wlz-1", "us-west-2-wl1-las1"])
    #expect(
      PricePlace.code("us-east-1", type: "AWS Outposts", location: "AWS Outposts", usage: "OTP")
        == "us-east-1 AWS Outposts")
    #expect(PricePlace.code("us-east-1", type: nil, location: nil, usage: "BoxUsage:c5.large") == "us-east-1")
  }
}
