extension DataTable {
  /// The same table with columns named by the currency of their amounts: `cost_usd` becomes `cost_cny`.
  ///
  /// - Parameter keepsDollars: keep `cost_usd` beside it, without values, so that a program that asks for dollars
  ///   learns that there are none.
  package func named(in currency: Currency, keepsDollars: Bool = false) -> DataTable {
    if currency == .usd { return self }
    var table = DataTable([])
    for (name, column) in zip(names, columns) {
      let own = currency.column(name)
      if own != name, keepsDollars {
        table.names.append(name)
        table.columns.append(Array(repeating: .null, count: column.count))
      }
      table.names.append(own)
      table.columns.append(column)
    }
    return table
  }
}
