import Domain

/// One mark with its encodings and its rows, fully computed.
struct Unit: Equatable {
  struct Stacked: Equatable {
    var channel: Channel
    var start: String
    var end: String
    var offset: Stack.Offset
  }

  var path: String
  var mark: MarkDefinition
  var channels: [ChannelDefinition]
  var orient: Orient?
  /// Rows after the transforms, with times and bins, before encodings aggregate them.
  var raw: DataTable
  /// Rows as the mark draws them.
  var table: DataTable
  var stacked: Stacked?

  subscript(channel: Channel) -> ChannelDefinition? { channels.first { $0.channel == channel } }

  func all(_ channel: Channel) -> [ChannelDefinition] { channels.filter { $0.channel == channel } }

  /// The channel along which a bar or an area extends.
  var measureChannel: Channel? { orient.map { $0 == .horizontal ? .x : .y } }

  /// The columns that split the rows into lines.
  var groupingColumns: [String] {
    var columns: [String] = []
    for definition in channels where Channel.grouping.contains(definition.channel) {
      if mark.type == .trail, definition.channel == .size { continue }
      for source in [definition] + definition.conditions.map(\.definition.value) {
        guard let column = source.column, source.aggregate == nil, !columns.contains(column) else { continue }
        // A line's colour can follow a measure only in pieces, but Vega-Lite groups by it anyway.
        columns.append(column)
      }
    }
    return columns
  }
}
