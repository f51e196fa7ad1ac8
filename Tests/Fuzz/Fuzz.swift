#if canImport(Glibc)
  import Glibc
#endif

/// A parser of untrusted bytes, called by libFuzzer until it traps, hangs or reads out of bounds.
///
/// `scripts/fuzz NAME` builds and runs it; seeds are in `Seeds/NAME`.
struct FuzzTarget: Sendable {
  let name: String
  /// Whatever must hold for every input is a `precondition`.
  let run: @Sendable (UnsafeRawBufferPointer) -> Void

  static let all =
    textTargets + awsTargets + documentTargets + billTargets + reportTargets + chartTargets + messageTargets
}

extension UnsafeRawBufferPointer {
  var text: String { String(decoding: self, as: UTF8.self) }
}

/// libFuzzer, without a `main` of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

nonisolated(unsafe) private var chosen = FuzzTarget.all[0]

@main
enum Fuzz {
  /// Fuzzes the parser named by `BATCHCOST_FUZZ_TARGET`; without it, lists them all.
  static func main() {
    let name = getenv("BATCHCOST_FUZZ_TARGET").map { String(cString: $0) }
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      return print(FuzzTarget.all.map(\.name).joined(separator: "\n"))
    }
    chosen = target
    var (count, arguments) = (CommandLine.argc, CommandLine.unsafeArgv)
    exit(
      runFuzzer(&count, &arguments) { start, count in
        chosen.run(UnsafeRawBufferPointer(start: start, count: count))
        return 0
      })
  }
}
