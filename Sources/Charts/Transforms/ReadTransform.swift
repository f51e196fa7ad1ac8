extension Reader<Transform> {
  static var transform: Reader {
    Reader("an object") { json, path throws(FigureError) in
      json.members == nil ? nil : try Transform(TransformOptions(json, path), path)
    }
  }
}

extension Transform {
  static let names = [
    "filter", "calculate", "aggregate", "joinaggregate", "bin", "timeUnit", "window", "fold", "stack",
  ]

  init(_ options: TransformOptions, _ path: String) throws(FigureError) {
    let groupby = options.groupby ?? []
    if let filter = options.filter {
      self = .filter(filter)
    } else if let expression = options.calculate {
      self = .calculate(expression, as: try Self.name(options, path))
    } else if let list = options.aggregate {
      self = .aggregate(Aggregate(outputs: try Self.outputs(list, "\(path).aggregate"), groupby: groupby))
    } else if let list = options.joinaggregate {
      self = .joinAggregate(Aggregate(outputs: try Self.outputs(list, "\(path).joinaggregate"), groupby: groupby))
    } else if let bin = options.bin {
      let (start, end) = try Self.ends(options, path)
      guard case .options(let bin) = bin else {
        throw FigureError("\(path).bin", "use true or parameters")
      }
      self = .bin(
        Bin(bin, channel: nil), field: try Self.field(options, path), start: start, end: end)
    } else if let unit = options.timeUnit {
      self = .timeUnit(
        unit, field: try Self.field(options, path), name: try Self.name(options, path))
    } else if let list = options.window {
      self = .window(try Self.window(list, options, path, groupby))
    } else if let fields = options.fold {
      let names = options.names ?? []
      self = .fold(fields, key: names.first ?? "key", value: names.count > 1 ? names[1] : "value")
    } else if let field = options.stack {
      let (start, end) = try Self.ends(options, path)
      self = .stack(
        Stack(
          field: field, groupby: groupby, sort: Self.sort(options),
          offset: options.offset ?? .zero, start: start,
          end: end))
    } else {
      throw FigureError(path, "not a transform that is supported (use \(Self.names.joined(separator: ", ")))")
    }
  }

  private static func sort(_ options: TransformOptions) -> [SortKey] {
    (options.sort ?? []).compactMap { key in
      key.field.map { SortKey(field: $0, descending: key.order?.value == .descending) }
    }
  }

  private static func name(_ options: TransformOptions, _ path: String) throws(FigureError) -> String {
    guard let name = options.names?.first else { throw FigureError("\(path).as", "a name is missing") }
    return name
  }

  /// The names of a start and an end.
  private static func ends(_ options: TransformOptions, _ path: String) throws(FigureError) -> (
    String, String
  ) {
    let start = try name(options, path)
    let names = options.names ?? []
    return (start, names.count > 1 ? names[1] : "\(start)_end")
  }

  private static func field(_ options: TransformOptions, _ path: String) throws(FigureError)
    -> String
  {
    guard let field = options.field else { throw FigureError("\(path).field", "a name is missing") }
    return field
  }

  private static func outputs(_ list: [OutputOptions], _ path: String) throws(FigureError) -> [Aggregate.Output] {
    var outputs: [Aggregate.Output] = []
    for (index, item) in list.enumerated() {
      let place = "\(path)[\(index)]"
      guard let operation = AggregateOperation(rawValue: item.op ?? "") else {
        throw FigureError(
          "\(place).op", "use one of \(AggregateOperation.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      if item.field == nil, operation != .count { throw FigureError("\(place).field", "a name is missing") }
      guard let name = item.name else { throw FigureError("\(place).as", "a name is missing") }
      outputs.append(.init(operation: operation, field: item.field, name: name))
    }
    return outputs
  }

  private static func window(
    _ list: [OutputOptions], _ options: TransformOptions, _ path: String, _ groupby: [String]
  ) throws(FigureError) -> Window {
    var window = Window(outputs: [], groupby: groupby, sort: sort(options))
    for (index, item) in list.enumerated() {
      let place = "\(path).window[\(index)]"
      guard let operation = Window.Operation(item.op ?? "") else {
        throw FigureError("\(place).op", "not an operation of windows")
      }
      guard let name = item.name else { throw FigureError("\(place).as", "a name is missing") }
      window.outputs.append(
        .init(
          operation: operation, field: item.field, parameter: Int(bounded: item.param ?? 1),
          name: name))
    }
    if let frame = options.frame, frame.count == 2 {
      window.frame = (frame[0].value.map { Int(bounded: $0) }, frame[1].value.map { Int(bounded: $0) })
    }
    window.ignorePeers = options.ignorePeers ?? false
    return window
  }
}
