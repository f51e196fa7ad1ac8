import Base
import Domain

/// The source of a view's rows.
struct DataOptions: Options {
  var name: String?
  var values: Rows?

  /// A spec's own rows.
  struct Rows: Equatable, Sendable {
    var table: DataTable
  }

  static let fields: [Field<Self>] = [
    Field("name", \.name, .string), Field("values", \.values, .rows),
  ]

  static let elsewhere = [
    "url": "a figure reads nothing from disk or network; use a query's name",
    "format": "values are JSON, times ISO 8601", "sequence": "write data.values, or a query",
    "sphere": "there are no maps", "graticule": "there are no maps",
  ]
}

extension Reader<DataOptions.Rows> {
  static var rows: Reader {
    Reader("a list of values") { json, _ in json.array.map { .init(table: DataTable($0)) } }
  }
}

/// The order of names on a scale.
enum SortOptions: Equatable, Sendable {
  /// The data's order.
  case data
  case names(descending: Bool)
  case list([Cell])
  case encoding(String, descending: Bool)
  case field(String?, AggregateOperation?, descending: Bool)

  var isDescending: Bool { self == .names(descending: true) }
  /// Gives something to sort by, not only a direction.
  var isOther: Bool {
    switch self {
    case .encoding, .field: true
    default: false
    }
  }
}

private struct SortFieldOptions: Options {
  var field: String?
  var op: AggregateOperation?
  var order: Order?
  var encoding: String?

  static let fields: [Field<Self>] = [
    Field("field", \.field, .string), Field("op", \.op, .aggregate),
    Field("order", \.order, .word()),
    Field("encoding", \.encoding, .string),
  ]
}

enum Order: String, CaseIterable { case ascending, descending }

extension Reader<SortOptions> {
  static var sort: Reader {
    Reader("a text, null, a list of values or an object") { json, path throws(FigureError) in
      switch json {
      case .null: return .data
      case .string("ascending"): return .names(descending: false)
      case .string("descending"): return .names(descending: true)
      case .string(let name):
        let descending = name.hasPrefix("-")
        return .encoding(descending ? String(name.dropFirst()) : name, descending: descending)
      case .array(let items): return .list(items.map { Cell($0) })
      case .object:
        let options = try SortFieldOptions(json, path)
        let descending = options.order == .descending
        if let encoding = options.encoding { return .encoding(encoding, descending: descending) }
        return .field(options.field, options.op, descending: descending)
      default: return nil
      }
    }
  }

  /// For lines and stacks, which have only a direction.
  static var order: Reader {
    .word(Order.allCases.map(\.rawValue)) { .names(descending: $0 == "descending") }
  }
}

extension Reader<FieldType> {
  static var fieldType: Reader {
    Reader("a text") { json, path throws(FigureError) in
      guard let name = json.string else { return nil }
      if let type = FieldType(rawValue: name) { return type }
      let known = FieldType.allCases.map(\.rawValue)
      throw FigureError(
        path, "no such type\(Spelling.hint(name, among: known)); use \(known.joined(separator: ", "))")
    }
  }
}

extension Reader<AggregateOperation> {
  static var aggregate: Reader {
    Reader("a text") { json, path throws(FigureError) in
      guard let name = json.string else { return nil }
      if let operation = AggregateOperation(rawValue: name) { return operation }
      let known = AggregateOperation.allCases.map(\.rawValue)
      throw FigureError(
        path, "no such operation\(Spelling.hint(name, among: known)); use \(known.joined(separator: ", "))"
      )
    }
  }
}

extension Reader<ChannelOptions.Stacking> {
  static var stacking: Reader {
    Reader("true or false, \"zero\", \"normalize\", \"center\"") { json, path throws(FigureError) in
      if let flag = json.boolean { return .flag(flag) }
      return try Reader<Stack.Offset>.word().read(json, path).map { .offset($0) }
    }
  }
}

/// `{"unit": "yearmonth", "step": 3}`
private struct TimeUnitOptions: Options {
  var unit: String?
  var step: Double?

  static let fields: [Field<Self>] = [
    Field("unit", \.unit, .string), Field("step", \.step, .number), Field(unused: "utc", .boolean),
  ]
}

extension Reader<TimeUnit> {
  static var timeUnit: Reader {
    Reader("a text or an object") { json, path throws(FigureError) in
      guard json.string != nil || json.members != nil else { return nil }
      let options = json.members == nil ? TimeUnitOptions(unit: json.string) : try TimeUnitOptions(json, path)
      guard let name = options.unit, var unit = TimeUnit(name) else {
        throw FigureError(path, "no such unit of time (use such as yearmonthdate, hours, yearweek)")
      }
      unit.step = max(1, Int(bounded: options.step ?? 1))
      return unit
    }
  }
}

/// How numbers are binned.
struct BinOptions: Options {
  var maxbins: Double?
  var step: Double?
  var minstep: Double?
  var base: Double?
  var nice: Bool?
  var extent: [Double]?
  var binned: Bool?

  /// `true`, `"binned"`, or parameters.
  enum Given: Equatable, Sendable {
    case none
    case binned
    case options(BinOptions)
  }

  static let fields: [Field<Self>] = [
    Field("maxbins", \.maxbins, .number), Field("step", \.step, .number),
    Field("minstep", \.minstep, .number),
    Field("base", \.base, .number), Field("nice", \.nice, .boolean),
    Field("extent", \.extent, .list(.number)),
    Field("binned", \.binned, .boolean),
  ]
}

extension Reader<BinOptions.Given> {
  static var bin: Reader {
    Reader("true or false, null, \"binned\" or an object") { json, path throws(FigureError) in
      switch json {
      case .null, .boolean(false): return BinOptions.Given.none
      case .boolean(true): return .options(BinOptions())
      case .string("binned"): return .binned
      case .object:
        let options = try BinOptions(json, path)
        return options.binned == true ? .binned : .options(options)
      default: return nil
      }
    }
  }
}

extension Bin {
  /// A legend and a facet take fewer bins than an axis.
  init(_ options: BinOptions, channel: Channel?) {
    maxbins = options.maxbins ?? (channel == nil || channel == .x || channel == .y ? 10 : 6)
    maxbins = max(1, min(1000, maxbins))
    step = options.step.flatMap { $0 > 0 ? $0 : nil }
    minstep = max(0, options.minstep ?? 0)
    base = max(2, options.base ?? 10)
    nice = options.nice ?? true
    if let limits = options.extent, limits.count == 2 { extent = (limits[0], limits[1]) }
  }
}
