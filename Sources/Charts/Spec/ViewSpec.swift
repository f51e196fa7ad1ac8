/// One mark of a spec, with what it inherits from the views around it.
struct UnitSpec: Equatable {
  /// Ends in a dot where it is not empty: `layer[1].`.
  var path: String
  var mark: JSON
  var encoding: JSON
  var data: JSON?
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
  var json: JSON
  var layers: [UnitSpec]
}

struct ConcatSpec: Equatable {
  var path: String
  var json: JSON
  /// Nil puts all views into one row.
  var columns: Int?
  var views: [ViewSpec]
}

struct FacetSpec: Equatable {
  var path: String
  var json: JSON
  var row: JSON?
  var column: JSON?
  /// The field of a wrapped facet.
  var wrap: JSON?
  var columns: Int?
  var plot: PlotSpec
}
