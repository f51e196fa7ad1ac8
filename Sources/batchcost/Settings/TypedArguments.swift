import ArgumentParser
import Base

/// The command line as it was typed, before it is parsed.
struct TypedArguments {
  private let words: [String]

  init(_ words: [String] = Array(CommandLine.arguments.dropFirst())) { self.words = words }

  /// The words for the parser, which takes a negative number for an option: `--limit -1` becomes `--limit=-1`.
  var joined: [String] {
    words.reduce(into: []) { joined, word in
      let isNegative = word.first == "-" && word.dropFirst().first?.isWholeNumber == true
      if isNegative, let last = joined.last, last.hasPrefix("--"), !last.contains("=") {
        joined[joined.count - 1] = "\(last)=\(word)"
      } else {
        joined.append(word)
      }
    }
  }

  /// What is wrong if a word in a command's place names none: the parser only calls it unexpected, and `help` ignores it.
  var unknownCommand: String? {
    var command: any ParsableCommand.Type = Batchcost.self
    var parents: [String] = []
    for word in words.first == "help" ? words.dropFirst() : words[...] {
      let known = command.configuration.subcommands
      if word.hasPrefix("-") || known.isEmpty { return nil }
      guard let next = known.first(where: { $0._commandName == word }) else {
        let elsewhere = parents.isEmpty ? Self.elsewhere(word) : nil
        let hint =
          elsewhere.map { " (did you mean \"\($0)\"?)" } ?? Spelling.hint(word, among: known.map { $0._commandName })
        let name = (parents + [word]).joined(separator: " ")
        let help = (["batchcost"] + parents + ["--help"]).joined(separator: " ")
        return "there is no command \"\(name)\"\(hint); `\(help)` lists the commands"
      }
      command = next
      parents.append(word)
    }
    return nil
  }

  /// `ledger explain` for `explain`.
  private static func elsewhere(_ word: String) -> String? {
    for command in Batchcost.configuration.subcommands
    where command.configuration.subcommands.contains(where: { $0._commandName == word }) {
      return "\(command._commandName) \(word)"
    }
    return nil
  }

  /// The parser's message, with what to write instead of an option that only `jobs` has.
  func corrected(_ message: String) -> String {
    guard let option = message.firstRange(of: "Unknown option '--run'"), message.contains("[--where"),
      let end = message[option.upperBound...].firstIndex(of: "\n")
    else { return message }
    return "\(message[..<option.upperBound]); for one run, pass --where run=NAME\(message[end...])"
  }
}
