/// Accounts, regions, queues, the calendar, prices and definitions.
extension AccountGenerator {
  mutating func makePlaces() {
    let regions =
      kinds.isChina ? ["cn-north-1", "cn-northwest-1", "cn-north-1"] : ["eu-central-1", "us-east-1", "ap-southeast-2"]
    let count = pick([1, 1, 1, 2, 3])
    let isOneAccount = chance(30)
    for index in 0..<count {
      places.append(
        Place(
          account: isOneAccount || index == 0 ? "222233334444" : "55556666777\(index)",
          region: regions[chance(20) ? 0 : index]))
    }
    var seen: Set<String> = []
    places = places.filter { seen.insert($0.account + $0.region).inserted }
    var options = Option.allCases.filter { _ in chance(45) }
    if options.isEmpty { options = [pick(Option.allCases)] }
    traits.append("\(places.count) places, \(options.map(\.name).joined(separator: " and "))")
    let common = name()
    for (index, place) in places.enumerated() {
      let id = index + 1
      sql.append("INSERT INTO account_region VALUES (\(id), '\(place.account)', '\(place.region)')")
      for option in options {
        let number = queueOptions.count + 1
        let kind = ["EC2", "SPOT", kinds.isFargateSpot ? "FARGATE_SPOT" : "FARGATE", "EC2"][option.rawValue]
        let title = chance(60) ? common : name()
        let unique = queueNames.contains("\(title)@\(id)") ? "\(title)-\(number)" : title
        queueNames.append("\(unique)@\(id)")
        if !kinds.eventsOnly {
          sql.append(
            "INSERT INTO compute_environment (id, arn, name, account_region, resource_type, maximum_vcpus, cluster_arn) VALUES "
              + "(\(number), 'arn:ce:\(number)', \(Self.quoted("ce-" + unique)), \(id), '\(kind)', 256, 'arn:cluster/c\(number)')"
          )
        }
        sql.append("INSERT INTO cluster VALUES (\(number), \(id), '\(chance(90) ? "c" : "x")\(number)')")
        sql.append(
          "INSERT INTO job_queue (id, arn, name, account_region, environments) VALUES "
            + "(\(number), 'arn:q:\(number)', \(Self.quoted(unique)), \(id), \(kinds.eventsOnly ? "NULL" : "'[\"arn:ce:\(number)\"]'"))"
        )
        queueOptions.append(option)
      }
    }
  }

  func place(ofQueue queue: Int) -> Int {
    Int(queueNames[queue - 1].split(separator: "@").last ?? "1") ?? 1
  }

  mutating func makeCalendar() {
    let days = pick([1, 2, 3, 5, 8, 11, 15, 22, 29, 36, 50, 71] as [Int64])
    // 2026-08-24 is a Monday.
    first = (20_689 + number(0...6)) * Self.day
    let moment: Int64 = chance(15) ? 0 : number(1...86_399_000)
    asOf = first + days * Self.day + moment
    traits.append("\(days) days, collected \(moment / 60_000) minutes into a day")
    for index in places.indices {
      sql.append("INSERT INTO collection VALUES (\(index + 1), '\(kinds.eventsOnly ? "events" : "files")', \(asOf))")
    }
  }

  // MARK: Prices

  mutating func makePrices() {
    let listed = pick([100, 100, 100, 60, 0])
    if listed < 100 { traits.append("\(listed) % of prices") }
    for type in Self.types where chance(95) {
      sql.append(
        "INSERT INTO instance_type (name, milli_vcpus, memory_mib, gpus) VALUES ('\(type.name)', \(type.vcpus), \(type.mib), \(type.gpus))"
      )
    }
    for region in Set(places.map(\.region)).sorted() {
      for type in Self.types where chance(listed) {
        sql.append(
          "INSERT INTO list_price VALUES ('\(region)', 'AmazonEC2', '\(type.name)', 'Linux', 'Shared', 0, \(type.rate), 'Hrs', 'price-list')"
        )
      }
      for (item, rate) in [("Fargate-vCPU-Hours:perCPU", 46_560_000), ("Fargate-GB-Hours", 5_110_000)]
      where chance(listed) {
        sql.append(
          "INSERT INTO list_price VALUES ('\(region)', 'AmazonECS', '\(item)', '', '', 0, \(rate), 'hours', 'price-list')"
        )
      }
    }
    for region in Set(places.map(\.region)).sorted() where listed > 0 { makeOtherPrices(region) }
    for (index, place) in places.enumerated() {
      for type in Self.types {
        for zone in place.zones where chance(listed) {
          for step in 0..<number(1...4) {
            let rate = Int64(type.rate) * number(20...120) / 100
            sql.append(
              "INSERT OR IGNORE INTO spot_price VALUES (\(index + 1), '\(zone)', '\(type.name)', 'Linux/UNIX', "
                + "\(first - Self.day + step * number(1...9) * Self.day), \(rate))")
          }
        }
      }
    }
  }

  mutating func makeDefinitionsAndTags() {
    definitions = number(1...6)
    for id in 1...definitions {
      sql.append(
        "INSERT INTO job_definition (id, arn, name, revision, account_region) VALUES (\(id), 'arn:d:\(id)', \(Self.quoted(name() + "-\(id)")), 1, 1)"
      )
    }
    guard chance(60) else { return }
    let key = pick(["team", "Project", "cost-centre", "user"])
    tagSets = number(1...8)
    traits.append("tag \(key)")
    for id in 1...tagSets {
      sql.append("INSERT INTO tag_set VALUES (\(id), \(Self.quoted("{\"\(key)\":\"\(name())\(id)\"}")))")
    }
  }
}
