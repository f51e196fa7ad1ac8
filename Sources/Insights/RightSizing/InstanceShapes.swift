import Accounting
import Domain
import Store

/// Instance types with the memory that they registered with ECS.
struct InstanceShapes {
  private(set) var types: [PackingType] = []
  private var typeOfRegistration: [Int32] = []

  init() {}

  init(_ connection: Connection) throws {
    var positions: [String: Int32] = [:]
    for type in try DescribedType.all(connection) {
      positions[type.name] = Int32(types.count)
      types.append(
        PackingType(
          name: type.name, milliVCPUs: type.nominal.milliVCPUs, registeredMiB: type.registeredMiB,
          nominalMiB: type.nominal.memoryMiB))
    }
    try connection.each("SELECT id, instance_type FROM container_instance") { (id: Int64, type: String?) in
      while typeOfRegistration.count <= id { typeOfRegistration.append(-1) }
      typeOfRegistration[Int(id)] = type.flatMap { positions[$0] } ?? -1
    }
  }

  /// −1 if the registration or its type is unknown.
  func type(ofRegistration id: Int64) -> Int32 {
    typeOfRegistration.indices.contains(Int(id)) ? typeOfRegistration[Int(id)] : -1
  }
}

/// How the ledger weighted reservations on each resource.
struct ResourceWeightings {
  private(set) var list: [Weighting] = []
  private var positions: [Int32] = []

  init(_ connection: Connection) throws {
    let scheme = try LedgerSettings(storedIn: connection).scheme
    var known: [Weighting: Int32] = [:]
    enum Field: Int32, SelectedColumn {
      case id, kind, milliVcpus, memoryMib, gpus, region
      var sql: String {
        switch self {
        case .region: "a.\(name)"
        default: "r.\(name)"
        }
      }
    }
    let rows = try connection.prepare(
      """
      SELECT \(Field.list) FROM resource r
      LEFT JOIN account_region a ON a.id = r.account_region ORDER BY r.id
      """)
    let rates = FargateRates(book: try PriceBook(reading: connection, types: []))
    while try rows.step() {
      let capacity = Resources(
        milliVCPUs: rows.integer(Field.milliVcpus), memoryMiB: rows.integer(Field.memoryMib),
        gpus: rows.integer(Field.gpus))
      let weighting: Weighting =
        rows.text(Field.kind) == "fargate-task"
        ? rates.weighting(rows.text(Field.region)) : .instance(capacity: capacity, scheme: scheme)
      let position = known[weighting] ?? Int32(list.count)
      if known[weighting] == nil {
        known[weighting] = position
        list.append(weighting)
      }
      let id = Int(rows.integer(Field.id))
      while positions.count <= id { positions.append(-1) }
      positions[id] = position
    }
  }

  func position(ofResource id: Int64) -> Int32 { positions.indices.contains(Int(id)) ? positions[Int(id)] : -1 }
}

/// The latest known x86 rates of Fargate by region. Spot rates and ARM rates have nearly the same proportions.
struct FargateRates {
  static let vcpu = "Fargate-vCPU-Hours:perCPU"
  static let gb = "Fargate-GB-Hours"

  let book: PriceBook

  /// 9.1 : 1, the proportion in every region, if the region's list prices are unknown.
  func weighting(_ region: String) -> Weighting {
    func rate(_ item: String) -> Int64? {
      book.fargate(region: region, item)?.rate(at: Instant(milliseconds: .max))?.nanodollarsPerHour
    }
    guard let vcpu = rate(Self.vcpu), let gb = rate(Self.gb) else {
      return .fargate(vcpuRate: 40_480_000, gbRate: 4_445_000)
    }
    return .fargate(vcpuRate: vcpu, gbRate: gb)
  }
}
