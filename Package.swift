// swift-tools-version: 6.2
import PackageDescription

// Warnings of ours are errors where BATCHCOST_STRICT is set (.ci/run sets it), never on a user's machine.
let strict: [SwiftSetting] =
  Context.environment["BATCHCOST_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

// What users get is what `scripts/test` tests (it sets BATCHCOST_TESTABLE): the optimized program, open to its tests. The
// tests themselves are not worth optimizing.
let testable = Context.environment["BATCHCOST_TESTABLE"] != nil
func unsafe(_ flags: String...) -> [SwiftSetting] {
  testable ? [.unsafeFlags(flags, .when(configuration: .release))] : []
}

let swift: [SwiftSetting] =
  [.enableUpcomingFeature("ExistentialAny")] + strict + unsafe("-enable-testing", "-gnone")
let tests = swift + unsafe("-Onone")

let grdb: [Target.Dependency] = [
  .product(name: "GRDB", package: "GRDB.swift"),
  .product(name: "GRDBSQLite", package: "GRDB.swift"),
]

let package = Package(
  name: "batchcost",
  products: [.executable(name: "batchcost", targets: ["batchcost"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  targets: [
    // System libraries, one small shim each.
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CCairo", pkgConfig: "pangocairo",
      providers: [.apt(["libcairo2-dev", "libpango1.0-dev", "libfontconfig-dev"])]),
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),

    // Data that is compiled in: SQL, reports, and how XML answers of AWS become JSON. The plugin lists the folder.
    .executableTarget(name: "embed-text", path: "Plugins/embed-text", swiftSettings: swift),
    .plugin(name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"]),
    .target(name: "Queries", path: "Queries", swiftSettings: swift, plugins: ["EmbedText"]),
    .target(name: "Reports", path: "Reports", swiftSettings: swift, plugins: ["EmbedText"]),

    .target(
      name: "Base", dependencies: [.product(name: "Subprocess", package: "swift-subprocess")], swiftSettings: swift),
    .target(
      name: "Configuration", dependencies: ["Base", .product(name: "Yams", package: "Yams")], swiftSettings: swift),
    .target(name: "Domain", dependencies: ["Base"], swiftSettings: swift),
    .target(
      name: "AWS",
      dependencies: ["Base", "CCurl", "COpenSSL"],
      swiftSettings: swift, plugins: ["EmbedText"]),
    .target(name: "Store", dependencies: ["Base", "Domain", "Queries"] + grdb, swiftSettings: swift),
    .target(
      name: "Collect",
      dependencies: [
        "AWS", "Base", "COpenSSL", "CSimdJSON", "CZlib", "Domain", "Store", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .target(name: "Accounting", dependencies: ["Base", "Domain", "Store"], swiftSettings: swift),
    .target(name: "Insights", dependencies: ["Accounting", "Base", "Domain", "Store"], swiftSettings: swift),
    .target(
      name: "Lake",
      dependencies: ["AWS", "Base", "Queries", "Store", .product(name: "Subprocess", package: "swift-subprocess")],
      swiftSettings: swift),
    .target(name: "Charts", dependencies: ["Base", "CCairo", "Domain"], swiftSettings: swift),
    .target(
      name: "Replay",
      dependencies: [
        "Accounting", "Base", "Configuration", "Domain", "Insights", "Store",
        .product(name: "DequeModule", package: "swift-collections"),
      ],
      swiftSettings: swift),
    .target(
      name: "Reporting",
      dependencies: [
        "Base", "CMarkdown", "Charts", "Configuration", "Domain", "Reports",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    // The Model Context Protocol, for agents.
    .target(name: "MCP", dependencies: ["Base"], swiftSettings: swift),
    .executableTarget(
      name: "batchcost",
      dependencies: [
        "AWS", "Accounting", "Base", "Collect", "Configuration", "Domain", "Insights", "Lake", "MCP", "Queries",
        "Replay", "Reporting", "Store", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      resources: [.copy("Resources/fortnight")],
      swiftSettings: swift),

    // Servers, worlds and seeds that tests share.
    .target(
      name: "TestSupport",
      dependencies: [
        "COpenSSL", "Store", .product(name: "FlyingFox", package: "FlyingFox"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      path: "Tests/TestSupport", swiftSettings: swift),
    .testTarget(name: "BaseTests", dependencies: ["Base"], swiftSettings: tests),
    .testTarget(name: "MCPTests", dependencies: ["MCP"], swiftSettings: tests),
    .testTarget(name: "ConfigurationTests", dependencies: ["Configuration"], swiftSettings: tests),
    .testTarget(name: "AWSTests", dependencies: ["AWS", "TestSupport"], swiftSettings: tests),
    .testTarget(name: "DomainTests", dependencies: ["Domain", "TestSupport"], swiftSettings: tests),
    .testTarget(
      name: "StoreTests",
      dependencies: ["Domain", "Queries", "Store", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: tests),
    .testTarget(
      name: "BillTests", dependencies: ["Accounting", "Base", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "AccountingTests", dependencies: ["Accounting", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "InsightsTests", dependencies: ["Accounting", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "ReplayTests",
      dependencies: ["Accounting", "Collect", "Domain", "Insights", "Replay", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "CollectTests", dependencies: ["Collect", "Domain", "Store", "TestSupport"], swiftSettings: tests),
    .testTarget(
      name: "MutationTests",
      dependencies: ["Accounting", "Base", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "LiveTests",
      dependencies: ["AWS", "Accounting", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: tests),
    .testTarget(
      name: "LakeTests",
      dependencies: [
        "AWS", "Base", "Lake", "Store", "TestSupport", .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: tests),
    .testTarget(name: "DocsTests", dependencies: ["Collect", "TestSupport"], swiftSettings: tests),
    .testTarget(
      name: "ToolTests", dependencies: ["Base", "Store", "TestSupport"], exclude: ["agent.py", "neighbours.py"],
      swiftSettings: tests),
    .target(
      name: "ReportSamples",
      dependencies: [
        "Accounting", "Charts", "Collect", "Domain", "Insights", "Reporting", "Store",
        .product(name: "Yams", package: "Yams"),
      ],
      path: "Tests/ReportSamples", swiftSettings: swift),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts", "Domain", "ReportSamples", "Reporting", "Reports", "TestSupport"],
      exclude: ["Gallery", "Look", "Snapshots", "Reference"], swiftSettings: tests),
    .testTarget(
      name: "PagesTests",
      dependencies: [
        "Accounting", "Charts", "Collect", "Domain", "Insights", "ReportSamples", "Reporting", "Reports", "Store",
        "TestSupport",
      ],
      swiftSettings: tests),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "Accounting", "Charts", "Collect", "Domain", "Insights", "ReportSamples", "Reporting", "Reports", "Store",
        "TestSupport",
      ],
      swiftSettings: tests),
  ],
  cxxLanguageStandard: .cxx17
)

// Parsers of bytes from outside, under libFuzzer: `scripts/fuzz` says where that is.
if let library = Context.environment["BATCHCOST_FUZZER"] {
  package.targets.append(
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "AWS", "Base", "Charts", "Collect", "Configuration", "Domain", "MCP", "ReportSamples", "Reporting", "Store",
      ],
      path: "Tests/Fuzz", exclude: ["Seeds"], swiftSettings: swift, linkerSettings: [.unsafeFlags([library])]))
}

// Only these tests and what they need, for scripts that build them in another way: names with commas between them.
if let names = Context.environment["BATCHCOST_ONLY"] {
  var (open, wanted) = (names.split(separator: ",").map(String.init), Set<String>())
  while let name = open.popLast() {
    guard wanted.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else { continue }
    for dependency in target.dependencies {
      switch dependency {
      case .byNameItem(let name, _), .targetItem(let name, _): open.append(name)
      default: break
      }
    }
    if target.plugins != nil { open += ["EmbedText", "embed-text"] }
  }
  package.targets.removeAll { !wanted.contains($0.name) }
  package.products.removeAll { _ in !wanted.contains("batchcost") }
}
