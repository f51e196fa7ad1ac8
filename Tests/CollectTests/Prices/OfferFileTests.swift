import Store
import TestSupport
import Testing

@testable import Collect

/// Price lists in bulk, as AWS publishes them at pricing.us-east-1.amazonaws.com/offers/v1.0/aws.
@Suite struct OfferFileTests {
  private static let json = """
    {
      "formatVersion" : "v1.0",
      "disclaimer" : "This pricing list is for informational purposes only {see \\"terms\\"}.",
      "offerCode" : "AmazonEC2",
      "version" : "20261101000000",
      "publicationDate" : "2026-11-01T00:00:00Z",
      "products" : {
        "LINUX" : {
          "sku" : "LINUX",
          "productFamily" : "Compute Instance",
          "attributes" : {
            "servicecode" : "AmazonEC2", "location" : "EU (Ireland)", "locationType" : "AWS Region",
            "instanceType" : "c5.large", "tenancy" : "Shared", "operatingSystem" : "Linux",
            "licenseModel" : "No License required", "usagetype" : "EU-BoxUsage:c5.large", "capacitystatus" : "Used",
            "preInstalledSw" : "NA", "marketoption" : "OnDemand", "regionCode" : "eu-west-1"
          }
        },
        "UNUSED" : {
          "sku" : "UNUSED",
          "productFamily" : "Compute Instance",
          "attributes" : {
            "servicecode" : "AmazonEC2", "location" : "EU (Ireland)", "locationType" : "AWS Region",
            "instanceType" : "c5.large", "tenancy" : "Shared", "operatingSystem" : "Linux",
            "licenseModel" : "No License required", "usagetype" : "EU-UnusedBox:c5.large",
            "capacitystatus" : "UnusedCapacityReservation", "preInstalledSw" : "NA", "marketoption" : "OnDemand",
            "regionCode" : "eu-west-1"
          }
        },
        "DISK" : {
          "sku" : "DISK",
          "productFamily" : "Storage",
          "attributes" : {
            "servicecode" : "AmazonEC2", "location" : "EU (Ireland)", "locationType" : "AWS Region",
            "usagetype" : "EU-EBS:VolumeUsage.gp3", "regionCode" : "eu-west-1"
          }
        }
      },
      "terms" : {
        "OnDemand" : {
          "LINUX" : {
            "LINUX.JRTCKXETXF" : {
              "offerTermCode" : "JRTCKXETXF", "sku" : "LINUX", "effectiveDate" : "2026-11-01T00:00:00Z",
              "priceDimensions" : {
                "LINUX.JRTCKXETXF.6YS6EN2CT7" : {
                  "unit" : "Hrs", "endRange" : "Inf", "description" : "$0.096 per On Demand Linux c5.large",
                  "rateCode" : "LINUX.JRTCKXETXF.6YS6EN2CT7", "beginRange" : "0",
                  "pricePerUnit" : { "USD" : "0.0960000000" }
                }
              },
              "termAttributes" : { }
            }
          },
          "UNUSED" : { "UNUSED.J" : { "effectiveDate" : "2026-11-01T00:00:00Z", "priceDimensions" : { "U" : {
            "unit" : "Hrs", "beginRange" : "0", "pricePerUnit" : { "USD" : "0.5" } } } } },
          "DISK" : { "DISK.J" : { "effectiveDate" : "2026-10-01T00:00:00Z", "priceDimensions" : { "D" : {
            "unit" : "GB-Mo", "beginRange" : "0", "pricePerUnit" : { "USD" : "0.0880000000" } } } } }
        },
        "Reserved" : {
          "LINUX" : { "LINUX.R" : { "effectiveDate" : "2026-11-01T00:00:00Z", "priceDimensions" : { "R" : {
            "unit" : "Hrs", "beginRange" : "0", "pricePerUnit" : { "USD" : "0.0610000000" } } } } }
        }
      },
      "attributesList" : { }
    }
    """

  private static let csv = """
    "FormatVersion","v1.0"
    "Disclaimer","This pricing list is for informational purposes only, see ""terms""."
    "Publication Date","2026-11-01T00:00:00Z"
    "Version","20261101000000"
    "OfferCode","AmazonEC2"
    "SKU","OfferTermCode","RateCode","TermType","PriceDescription","EffectiveDate","StartingRange","EndingRange","Unit","PricePerUnit","Currency","LeaseContractLength","Product Family","serviceCode","Location","Location Type","Instance Type","Tenancy","Operating System","License Model","usageType","CapacityStatus","MarketOption","Pre Installed S/W","Region Code","serviceName"
    "LINUX","JRTCKXETXF","LINUX.J.6","OnDemand","$0.096 per ""Linux"" c5.large, by the hour","2026-11-01","0","Inf","Hrs","0.0960000000","USD","","Compute Instance","AmazonEC2","EU (Ireland)","AWS Region","c5.large","Shared","Linux","No License required","EU-BoxUsage:c5.large","Used","OnDemand","NA","eu-west-1","Amazon Elastic Compute Cloud"
    "LINUX","38NPMPTW36","LINUX.3.6","Reserved","$0.061 per Linux c5.large","2026-11-01","0","Inf","Hrs","0.0610000000","USD","1yr","Compute Instance","AmazonEC2","EU (Ireland)","AWS Region","c5.large","Shared","Linux","No License required","EU-BoxUsage:c5.large","Used","OnDemand","NA","eu-west-1","Amazon Elastic Compute Cloud"
    "UNUSED","JRTCKXETXF","UNUSED.J.6","OnDemand","unused","2026-11-01","0","Inf","Hrs","0.5000000000","USD","","Compute Instance","AmazonEC2","EU (Ireland)","AWS Region","c5.large","Shared","Linux","No License required","EU-UnusedBox:c5.large","UnusedCapacityReservation","OnDemand","NA","eu-west-1","Amazon Elastic Compute Cloud"
    "DISK","JRTCKXETXF","DISK.J.6","OnDemand","$0.088 per GB-month","2026-10-01","0","Inf","GB-Mo","0.0880000000","USD","","Storage","AmazonEC2","EU (Ireland)","AWS Region","","","","","EU-EBS:VolumeUsage.gp3","","","","eu-west-1","Amazon Elastic Compute Cloud"

    """

  /// 2026-11-01 and 2026-10-01.
  private static let prices = [
    "eu-west-1|AmazonEC2|EBS:VolumeUsage.gp3|||1790812800000|88000000|GB-Mo|price-list",
    "eu-west-1|AmazonEC2|c5.large|Linux|Shared|1793491200000|96000000|Hrs|price-list",
  ]

  private func prices(_ database: Database) throws -> [String] {
    try database.lines(
      """
      SELECT region, service, item, operating_system, tenancy, effective_at_ms, rate, unit, source FROM list_price
      ORDER BY service, item
      """)
  }

  /// With spaces, as AWS writes them, and without; with lines that end as on Windows.
  private static var texts: [String] {
    [json, json.replacing("\n", with: "").replacing(" : ", with: ":"), csv, csv.replacing("\n", with: "\r\n")]
  }

  @Test("On-Demand prices that jobs are billed at, from JSON and from CSV", arguments: texts.indices)
  func read(_ text: Int) throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    try folder.add("index", Self.texts[text])
    let summary = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(summary.documents == [.listPrices: 2])
    #expect(try prices(database) == Self.prices)
    #expect(try database.findings == [])
  }

  @Test("Read in pieces of any size, it gives the same prices", arguments: texts.indices)
  func pieces(_ text: Int) throws {
    let whole = Array(Self.texts[text].utf8)
    for size in [1, 7, 64, 500, 4000] {
      var page = Page()
      var offer = try #require(whole.withUnsafeBytes { OfferFile($0) })
      var held: [UInt8] = []
      var (next, offset) = (0, 0)
      while next < whole.count {
        let end = min(next + size, whole.count)
        held += whole[next..<end]
        next = end
        let padded = held + [UInt8](repeating: 0, count: JSONParser.padding)
        let count = padded.withUnsafeBytes {
          offer.read(
            UnsafeRawBufferPointer(rebasing: $0[..<held.count]), offset: offset, isEnd: next == whole.count,
            into: &page)
        }
        held.removeFirst(count)
        offset += count
      }
      #expect(page.documents == [.listPrices: 2], "\(size)")
      #expect(page.findings.isEmpty, "\(size): \(page.findings.list)")
    }
  }

  @Test("One that breaks off keeps what was read, and says so; one without a price of ours says that")
  func broken() throws {
    let folder = try TemporaryFolder()
    let database = try Database(path: ":memory:")
    let cut = try #require(Self.json.range(of: "\"DISK\" : { \"DISK.J\""))
    try folder.add("index.json", String(Self.json[..<cut.lowerBound]))
    let none = #"{"formatVersion":"v1.0","offerCode":"AmazonRDS","products":{},"terms":{"OnDemand":{}}}"#
    try folder.add("rds.json", none)
    let lines = Self.csv.split(separator: "\n")
    try folder.add("head.csv", lines[..<5].joined(separator: "\n"))
    _ = try Collector().collect(paths: [folder.path], asOf: nil, database: database)
    #expect(try prices(database) == [Self.prices[1]])
    let findings = try database.lines("SELECT subject, check_name, message FROM collection_finding ORDER BY 1").map {
      $0.dropFirst(folder.path.count)
    }
    #expect(
      findings == [
        "/head.csv|missing-field|is missing: the price list has no line of column names",
        "/head.csv|not-used|price lists without a price that a Batch job is billed at are not used (1)",
        "/index.json|unreadable|is truncated, or is no price list; what comes before is kept",
        "/rds.json|not-used|price lists without a price that a Batch job is billed at are not used (1)",
      ])
  }
}
