import Domain
import GRDBSQLite

/// What can be a parameter of a statement; nil is null.
package protocol Bindable {
  func bind(to statement: Statement, at parameter: Int32)
}

extension Int64: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    sqlite3_bind_int64(statement.handle, parameter, self)
  }
}

extension Double: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    sqlite3_bind_double(statement.handle, parameter, self)
  }
}

extension String: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    var text = self
    text.withUTF8 { UnsafeRawBufferPointer($0).bind(to: statement, at: parameter) }
  }
}

/// UTF-8 text, which SQLite copies.
extension UnsafeRawBufferPointer: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    if let start = baseAddress?.assumingMemoryBound(to: CChar.self) {
      sqlite3_bind_text(statement.handle, parameter, start, Int32(count), Statement.transient)
    } else {
      sqlite3_bind_text(statement.handle, parameter, "", 0, Statement.transient)
    }
  }
}

extension Optional: Bindable where Wrapped: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    if let self {
      self.bind(to: statement, at: parameter)
    } else {
      sqlite3_bind_null(statement.handle, parameter)
    }
  }
}

/// Money is stored in nanodollars, an instant in milliseconds since 1970 UTC.
extension Cell: Bindable {
  package func bind(to statement: Statement, at parameter: Int32) {
    switch self {
    case .null: Int64?.none.bind(to: statement, at: parameter)
    case .integer(let value): value.bind(to: statement, at: parameter)
    case .real(let value): value.bind(to: statement, at: parameter)
    case .text(let value): value.bind(to: statement, at: parameter)
    case .money(let value): value.nanodollars.bind(to: statement, at: parameter)
    case .instant(let value): value.milliseconds.bind(to: statement, at: parameter)
    case .boolean(let value): Int64(value ? 1 : 0).bind(to: statement, at: parameter)
    }
  }
}
