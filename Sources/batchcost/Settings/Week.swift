import ArgumentParser
import Domain

/// An ISO week, such as `2026-W44`.
struct Week: ExpressibleByArgument {
  var monday: Day

  init?(argument: String) {
    let parts = argument.split(separator: "-")
    guard parts.count == 2, let year = Int(parts[0]), parts[1].hasPrefix("W"), let number = Int(parts[1].dropFirst()),
      let monday = Day(isoYear: year, week: number)
    else { return nil }
    self.monday = monday
  }
}
