import ArgumentParser
import Base
import Domain
import Insights
import Store

struct RightsizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rightsize",
    abstract: "Print the sizes that jobs should ask for; changes nothing in AWS.",
    discussion: """
      Uses measured usage (Container Insights with enhanced observability, or a Nextflow trace) and the ledger's own
      shares, over everything collected. cost_usd and saving_usd cover the days on which a definition's jobs ran
      (days_seen); saving_usd_per_week is an average week, and empty if a definition was seen for less than a week. Name a
      job definition to get a document that is ready to register, and what it changes:

        $ batchcost rightsize
        $ batchcost rightsize --memory-margin 50 --format json
        $ batchcost rightsize --register align \\
            --from-definitions job-definitions.json > align.json
        $ aws batch register-job-definition --cli-input-json file://align.json
      """.paragraphs)

  @OptionGroup var sizing: SizingOptions
  @OptionGroup var lens: LensOptions
  @OptionGroup var output: FormatOptions
  @Option(help: "Print a register-job-definition document for this job definition; the diff goes to standard error.")
  var register: String?
  @Option(
    help: "Output of `aws batch describe-job-definitions`: the document then keeps image, command and roles.")
  var fromDefinitions: String?
  @Flag(help: "Print the diff instead of the document.") var diff = false
  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if register == nil, diff || fromDefinitions != nil {
      throw ValidationError("--diff and --from-definitions need --register NAME")
    }
  }

  func run() throws {
    let opened = try lens.open(database)
    let history = try opened.read { try RightSizing.history($0) }
    guard !history.groups.isEmpty else {
      Console.message(Self.whatToSwitchOn)
      if try opened.read({ try Self.knowsGPUs($0) }) {
        Console.message("The use of GPUs was measured: `batchcost query gpu-advice` says how many jobs should ask for.")
      }
      if register == nil { output.show(SizeTable.result([])) }
      throw register == nil ? ExitStatus.done : .found
    }
    let advice = Sizing(history, try sizing.settings()).advice()
    guard let register else {
      output.show(SizeTable.result(advice), in: opened.currency)
      Console.message(SizeTable.basis(advice))
      return
    }
    let known = advice.map(\.group.definition)
    let own = advice.filter { $0.group.definition == register }
    guard let chosen = own.max(by: { $0.total.cost < $1.total.cost }) else {
      let near = Spelling.hint(register, among: known)
      throw ValidationError("no job definition named \"\(register)\" with measured usage\(near)")
    }
    if own.count > 1 {
      Console.message("\(register) has \(own.count) kinds of job names; this is for \(chosen.group.pattern)")
    }
    let document = DefinitionDocument(
      chosen, in: opened.currency, template: try fromDefinitions.map(DefinitionTemplate.init))
    if diff {
      Console.result(document.diff)
    } else {
      Console.message(document.diff)
      Console.data(document.json)
    }
  }

  private static func knowsGPUs(_ connection: Connection) throws -> Bool {
    let query = try QueryLibrary().query("gpu-advice")
    return try !connection.rows(query, parameters: PeriodOptions.all(connection).parameters).isEmpty
  }

  static let whatToSwitchOn = """
    No usage was measured, so no sizes can be advised. Turn on Container Insights with enhanced observability for the \
    compute environments (or: aws ecs update-cluster-settings --cluster … --settings \
    name=containerInsights,value=enhanced), keep the log group /aws/ecs/containerinsights/<cluster>/performance for \
    more than the default one day, and collect again; or collect a Nextflow trace. `batchcost query advice` needs no usage.
    """
}

/// How sizes are advised.
struct SizingOptions: ParsableArguments {
  @Option(help: "The percentile of used ÷ requested, 1 to 100.") var percentile = SizingSettings().percentile
  @Option(help: "Added to the percentile of vCPUs, in percent.") var margin = SizingSettings().marginPercent
  @Option(help: "Added to the percentile of peak memory, in percent.")
  var memoryMargin = SizingSettings().memoryMarginPercent
  @Option(help: "Added to the memory of an attempt that ran out of it, in percent.")
  var outOfMemoryBump = SizingSettings().outOfMemoryPercent
  @Option(help: "The fewest measured jobs that advice needs.") var minimumSamples = SizingSettings().minimumSamples
  @Option(help: "The least memory to advise, in MiB.") var leastMemory = Int(SizingSettings().leastMemoryMiB)
  @Option(help: "A peak is an outlier beyond this many quartile ranges above the third quartile.")
  var outlierSpread = Int(SizingSettings().outlierSpread)
  @Flag(help: "Allow memory below measured peaks if the percentile and its margin say so.")
  var ignorePeaks = false

  func settings() throws -> SizingSettings {
    guard (1...100).contains(percentile), (0...400).contains(margin), (0...400).contains(memoryMargin),
      (0...400).contains(outOfMemoryBump),
      (1...1_000_000).contains(minimumSamples), (4...1_000_000).contains(leastMemory),
      (0...1000).contains(outlierSpread)
    else { throw ValidationError("a right-sizing setting is out of range: percentile 1–100, margins 0–400 %") }
    var settings = SizingSettings()
    settings.percentile = percentile
    settings.marginPercent = margin
    settings.memoryMarginPercent = memoryMargin
    settings.outOfMemoryPercent = outOfMemoryBump
    settings.minimumSamples = minimumSamples
    settings.leastMemoryMiB = Int64(leastMemory)
    settings.outlierSpread = Int64(outlierSpread)
    settings.coversPeaks = !ignorePeaks
    return settings
  }
}
