/// What our look does to labels beyond their formats.
extension AxisBuilder {
  func labelsPlainTimes(_ properties: AxisOptions) -> Bool {
    guard properties.format == nil, properties.labelExpr == nil, properties.formatType == nil else {
      return false
    }
    let isTime = source.kind.isTime || definition?.type == .temporal || definition?.timeUnit != nil
    return isTime && definition?.timeUnit.map { $0.parts.contains(.year) } ?? true
  }

  func relabel(_ axis: inout Axis) {
    let shown = axis.ticks.indices.filter { axis.ticks[$0].isShown && axis.ticks[$0].value.time != nil }
    let labels = PlainTime.labels(
      shown.compactMap { axis.ticks[$0].value.time },
      hasDays: definition?.timeUnit.map { $0.parts.contains(.date) || $0.parts.contains(.day) } ?? true)
    for (index, label) in zip(shown, labels) { axis.ticks[index].label = label }
  }

  /// On a vertical axis of money, only the topmost number has the currency.
  func trimCurrency(_ axis: inout Axis, _ properties: AxisOptions) {
    guard !axis.isHorizontal, properties.format?.contains("$") == true, properties.labelExpr == nil else {
      return
    }
    let shown = axis.ticks.indices.filter { axis.ticks[$0].isShown }
    let top = shown.min { axis.ticks[$0].position < axis.ticks[$1].position }
    for index in shown where index != top {
      axis.ticks[index].label = axis.ticks[index].label.replacing(ChartLocale.current.currency, with: "")
    }
  }
}
