/// One mark of a spec, with what it inherits from the views around it.
struct UnitSpec: Equatable {
  /// Ends in a dot unless it is empty: `layer[1].`.
  var path: String
  var type: MarkType
  var mark: MarkOptions
  var encoding: EncodingOptions
  var data: Nullable<DataOptions>?
  var transforms: [Transform]
}

/// A spec as a tree of views: plots in rows, columns and cells.
indirect enum ViewSpec: Equatable {
  case plot(PlotSpec)
  case concat(ConcatSpec)
  case facet(FacetSpec)
}

/// Layers on one pair of axes.
struct PlotSpec: Equatable {
  var path: String
  var width: Length?
  var height: Length?
  var background: BackgroundOptions?
  var title: TitleOptions?
  var resolve: Resolution
  var layers: [UnitSpec]
}

struct ConcatSpec: Equatable {
  var path: String
  var title: TitleOptions?
  var spacing: Spacing
  var resolve: Resolution
  /// Nil puts all views in one row.
  var columns: Int?
  var views: [ViewSpec]
}

struct FacetSpec: Equatable {
  var path: String
  var title: TitleOptions?
  var spacing: Spacing
  var resolve: Resolution
  var row: ChannelOptions?
  var column: ChannelOptions?
  /// The field of a wrapped facet.
  var wrap: ChannelOptions?
  var columns: Int?
  var plot: PlotSpec
}
