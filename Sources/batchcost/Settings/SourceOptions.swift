import ArgumentParser
import Collect

/// Which sources to ask.
struct SourceOptions: ParsableArguments {
  @Option(help: "Only this source; may be repeated: \(LiveCollector.sourceNames.joined(separator: ", ")).")
  var source: [String] = []

  mutating func validate() throws {
    for name in source where !LiveCollector.sourceNames.contains(name) {
      throw ValidationError("--source \(name): not one of \(LiveCollector.sourceNames.joined(separator: ", "))")
    }
  }
}
