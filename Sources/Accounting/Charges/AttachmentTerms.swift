import Domain

/// What an EBS volume pays: its price per GB and month × size × seconds ÷ the seconds of that month, at least 60
/// seconds; IOPS and throughput beyond what the type includes are charged in the same way (method page, §2.7).
package struct VolumeTerms: Equatable, Sendable {
  /// Whose prices hold if the zone has none of its own, as Local Zones have.
  package var region: String
  /// The zone of the instance that it is attached to; nil if unknown.
  package var zone: String?
  /// gp2, gp3, io1, io2, st1, sc1, standard.
  package var type: String
  /// In GiB, which EBS calls GB.
  package var sizeGiB: Int64
  /// Provisioned, what the type includes among them; 0 where it has none to set.
  package var iops: Int64
  /// MiB per second, for gp3: what the type includes among them.
  package var throughputMiBps: Int64

  package init(region: String, type: String, sizeGiB: Int64, iops: Int64 = 0, throughputMiBps: Int64 = 0) {
    self.region = region
    self.type = type
    self.sizeGiB = sizeGiB
    self.iops = iops
    self.throughputMiBps = throughputMiBps
  }

  /// One charge per UTC day, because months differ in length.
  ///
  /// Their cost is nil where a price that the volume needs is unknown.
  package func charges(over span: TimeSpan, prices: PriceBook) -> [Charge] {
    var charges: [Charge] = []
    var left = max(60, (span.milliseconds + 999) / 1000) * 1000
    var start = span.start
    repeat {
      let end = min((start.day + 1).start, span.end)
      let isLast = end >= span.end
      let billed = isLast ? left : end.milliseconds - start.milliseconds
      left -= billed
      let cost = cost(on: start.day, at: start, milliseconds: billed, prices)
      charges.append(
        Charge(
          span: TimeSpan(start, end), billedMilliseconds: billed, cost: cost, onDemand: cost,
          source: cost == nil ? .none : .priceList))
      start = end
    } while start < span.end
    return charges
  }

  private func cost(on day: Day, at time: Instant, milliseconds: Int64, _ prices: PriceBook) -> Money? {
    func rate(_ item: String) -> Rate? {
      prices.price("AmazonEC2", item, region: region, zone: zone)?.rate(at: time)
    }
    guard let gigabyte = rate(size) else { return nil }
    // Nanodollars × MiB × milliseconds per month, with the denominator 1024.
    var sum = gigabyte.cost(milliseconds: milliseconds) * Int128(sizeGiB) * 1024
    for (item, count) in pricedIOPS where count > 0 {
      guard let price = rate("EBS:VolumeP-IOPS.\(item)") else { return nil }
      sum += price.cost(milliseconds: milliseconds) * Int128(count) * 1024
    }
    // Throughput is listed by the GiB/s, so the denominator makes it that of a MiB/s.
    if type == "gp3", throughputMiBps > 125 {
      guard let price = rate("EBS:VolumeP-Throughput.gp3") else { return nil }
      sum += price.cost(milliseconds: milliseconds) * Int128(throughputMiBps - 125)
    }
    let civil = day.civil
    let month = Int128(Day.daysIn(year: civil.year, month: civil.month)) * Int128(millisecondsPerDay)
    return Money(nanodollars: Int64(clamping: dividedHalfToEven(sum, by: month * 1024)))
  }
}

extension VolumeTerms {
  /// The usage type of its size: io1 is called piops there, and magnetic disks have no name.
  private var size: String {
    switch type {
    case "standard": "EBS:VolumeUsage"
    case "io1": "EBS:VolumeUsage.piops"
    default: "EBS:VolumeUsage.\(type)"
    }
  }

  /// The IOPS that are paid for, by the end of their usage type: gp3 includes 3,000, io2 costs less above 32,000 and
  /// above 64,000 (EBS's price page, "Provisioned IOPS SSD (io2) volumes").
  private var pricedIOPS: [(item: String, count: Int64)] {
    switch type {
    case "gp3": [("gp3", iops - 3000)]
    case "io1": [("piops", iops)]
    case "io2":
      [("io2", min(iops, 32_000)), ("io2.tier2", min(iops, 64_000) - 32_000), ("io2.tier3", iops - 64_000)]
    default: []
    }
  }
}

/// What a public IPv4 address in use pays: its price per hour, by the second, at least 60.
package enum AddressTerms {
  /// What follows the instance's id in the name of an address.
  static let nameSuffix = " public IPv4"

  /// - Parameter zone: the zone of the instance, whose place sets the price; nil if unknown.
  package static func terms(region: String, zone: String? = nil, prices: PriceBook) -> InstanceTerms {
    let price = prices.price("AmazonVPC", "PublicIPv4:InUseAddress", region: region, zone: zone)
    return InstanceTerms(market: .onDemand, onDemand: price)
  }
}
