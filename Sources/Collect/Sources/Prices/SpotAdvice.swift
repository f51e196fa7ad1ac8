import Store

/// The columns of `spot_advice` that are collected.
enum SpotAdviceColumn: Int32, TableColumns {
  case region, operatingSystem, instanceType, band, bandPlace, bandMaximum, savingsPercent, progress, digest

  static let table = "spot_advice"
}

extension Table.Layout {
  static let spotAdvice = Table.Layout(SpotAdviceColumn.self, key: [.region, .operatingSystem, .instanceType], .latest)
}

/// The Spot Advisor's file, https://spot-bid-advisor.s3.amazonaws.com/spot-advisor-data.json: for each region,
/// operating system and type, `s` is the savings in percent, and `r` the index of its band in `ranges`.
extension Page {
  mutating func addSpotAdvice(_ document: JSONValue) {
    let bands = interruptionBands(document)
    guard !bands.isEmpty else {
      findings.add(.missingField, "ranges", "is missing: the file is left out")
      return
    }
    var digests: [Int] = []
    for (region, systems) in document.members(of: "spot_advisor") {
      for (system, types) in systems.members {
        for (type, advice) in types.members {
          guard let place = advice["r"]?.integer, let band = bands[place] else {
            let path = "spot_advisor.\(region.string).\(system.string).\(type.string).r"
            findings.add(.missingField, path, "is not one of the bands in ranges: the type is left out")
            continue
          }
          // One digest for all of them, so that the bands of two months are not mixed.
          if digests.isEmpty { begin(.spotAdvice) } else { beginPart(.spotAdvice) }
          put(SpotAdviceColumn.region, region)
          put(SpotAdviceColumn.operatingSystem, system)
          put(SpotAdviceColumn.instanceType, type)
          put(SpotAdviceColumn.band, band.label)
          put(SpotAdviceColumn.bandPlace, place)
          put(SpotAdviceColumn.bandMaximum, band.maximum)
          put(SpotAdviceColumn.savingsPercent, advice["s"]?.integer)
          digests.append(endOpen(SpotAdviceColumn.progress, observedAt))
        }
      }
    }
    if !digests.isEmpty { count(.spotAdvice) }
    for digest in digests { seal(digest) }
  }

  private mutating func interruptionBands(_ document: JSONValue) -> [Int64: (label: JSONText, maximum: Int64)] {
    var bands: [Int64: (label: JSONText, maximum: Int64)] = [:]
    for (position, range) in document.elements(of: "ranges").enumerated() {
      guard let index = range["index"]?.integer, let label = range["label"]?.text,
        let maximum = range["max"]?.integer, (1...100).contains(maximum)
      else {
        findings.add(.missingField, "ranges[\(position)]", "lacks its index, label or max: its types are left out")
        continue
      }
      bands[index] = (label, maximum)
    }
    return bands
  }
}
