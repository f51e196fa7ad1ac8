// swift-tools-version: 6.2
import PackageDescription

// The files of Queries/ and Reports/ that the binary carries. A name listed here whose file is missing,
// or whose entry in Queries.swift or Reports.swift is missing, does not compile.
let schema = [
  "0001_facts", "0002_ledger", "0003_insights", "0004_right_sizing", "0005_bill", "0006_instance_address",
  "0007_submissions", "0008_budget", "0009_builds", "0010_watch_history", "0011_spot_advisor",
  "0012_graviton", "0013_narrow_postings", "0014_bills_of_days", "0015_changes",
]
let queries = [
  "advice",
  "anomalies",
  "anomaly-watch",
  "array-stragglers",
  "attempt-cost",
  "bill-difference",
  "billed-task-cost",
  "billed-task-cost-by-tag",
  "bills",
  "bridge",
  "budgets",
  "confidence",
  "cost-by-compute-environment",
  "cost-by-day",
  "cost-by-day-part",
  "cost-by-job-definition",
  "cost-by-job-definition-by-day",
  "cost-by-queue",
  "cost-by-queue-by-day",
  "cost-by-queue-by-policy",
  "cost-by-tag",
  "cost-by-tag-by-day",
  "cost-by-week",
  "findings",
  "findings-by-check",
  "focus",
  "forecast",
  "graviton",
  "headline",
  "hidden-retries",
  "instance-cost",
  "interruptions",
  "job-cost",
  "ledger-reference",
  "measured-attempts",
  "movers",
  "on-demand-leakage",
  "outlook-titles",
  "postings",
  "queue-days",
  "queue-wait",
  "reconciliation",
  "restated-days",
  "restatements",
  "retry-cost",
  "retry-cost-by-job-definition",
  "retry-cost-by-queue",
  "right-sizing",
  "right-sizing-back-test",
  "right-sizing-totals",
  "spot-advice",
  "spot-audit",
  "spot-bridge",
  "spot-hours",
  "spot-net-by-pool",
  "spot-pools",
  "spot-price-rule",
  "spot-prices",
  "spot-savings",
  "spot-savings-by-type",
  "totals",
  "unit-costs",
  "unused-cost",
  "usage-coverage",
  "utilization",
  "utilization-by-hour",
  "utilization-by-type",
  "weekly-titles",
  "workflow-runs",
]
let reports = ["weekly", "spot-audit", "right-sizing"]

// How XML answers of AWS become JSON: Sources/AWS/Shapes, written by scripts/answer-shapes.
let answerShapes = [
  "AssumeRole",
  "AssumeRoleWithWebIdentity",
  "DescribeInstanceTypes",
  "DescribeInstances",
  "DescribeSpotInstanceRequests",
  "DescribeSpotPriceHistory",
  "DescribeVolumes",
  "GetCallerIdentity",
  "ListObjectsV2",
]

// Warnings of ours are errors where BATCHCOST_STRICT is set (.ci/run sets it), never on a user's machine.
let strict: [SwiftSetting] =
  Context.environment["BATCHCOST_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]
let swift: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")] + strict

let grdb: [Target.Dependency] = [
  .product(name: "GRDB", package: "GRDB.swift"),
  .product(name: "GRDBSQLite", package: "GRDB.swift"),
]

let package = Package(
  name: "batchcost",
  products: [.executable(name: "batchcost", targets: ["batchcost"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
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

    // Data that is compiled in: SQL and reports.
    .target(
      name: "Queries", path: "Queries",
      resources: schema.map { .embedInCode("schema/\($0).sql") } + [.embedInCode("changes.sql")]
        + queries.map { .embedInCode("\($0).sql") },
      swiftSettings: swift),
    .target(
      name: "Reports", path: "Reports", resources: reports.map { .embedInCode("\($0).md") }, swiftSettings: swift),

    .target(name: "Domain", swiftSettings: swift),
    .target(
      name: "AWS", dependencies: ["CCurl", "COpenSSL"],
      resources: answerShapes.map { .embedInCode("Shapes/\($0).shape") }, swiftSettings: swift),
    .target(name: "Store", dependencies: ["Domain", "Queries"] + grdb, swiftSettings: swift),
    .target(
      name: "Collect", dependencies: ["AWS", "COpenSSL", "CSimdJSON", "CZlib", "Domain", "Store"],
      swiftSettings: swift),
    .target(name: "Accounting", dependencies: ["Domain", "Store"], swiftSettings: swift),
    .target(name: "Insights", dependencies: ["Accounting", "Domain", "Store"], swiftSettings: swift),
    .target(name: "Charts", dependencies: ["CCairo"], swiftSettings: swift),
    .target(
      name: "Reporting",
      dependencies: [
        "CMarkdown", "Charts", "Domain", "Reports",
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "batchcost",
      dependencies: [
        "AWS", "Accounting", "Collect", "Domain", "Insights", "Queries", "Reporting", "Store",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.copy("Resources/fortnight")],
      swiftSettings: swift),

    // Servers, worlds and seeds that tests share.
    .target(
      name: "TestSupport", dependencies: ["COpenSSL", .product(name: "FlyingFox", package: "FlyingFox")],
      path: "Tests/TestSupport", swiftSettings: swift),
    .testTarget(name: "AWSTests", dependencies: ["AWS", "TestSupport"], swiftSettings: swift),
    .testTarget(name: "DomainTests", dependencies: ["Domain"], swiftSettings: swift),
    .testTarget(
      name: "StoreTests", dependencies: ["Domain", "Store", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: swift),
    .testTarget(
      name: "BillTests", dependencies: ["Accounting", "Collect", "Domain", "Store", "TestSupport"],
      swiftSettings: swift),
    .testTarget(
      name: "AccountingTests", dependencies: ["Accounting", "Collect", "Domain", "Store", "TestSupport"],
      swiftSettings: swift),
    .testTarget(
      name: "InsightsTests", dependencies: ["Accounting", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: swift),
    .testTarget(name: "CollectTests", dependencies: ["Collect", "Domain", "Store"], swiftSettings: swift),
    .testTarget(
      name: "LiveTests",
      dependencies: ["AWS", "Accounting", "Collect", "Domain", "Insights", "Store", "TestSupport"],
      swiftSettings: swift),
    .testTarget(
      name: "ChartsTests", dependencies: ["Charts"], exclude: ["Gallery", "Look", "Snapshots", "Reference"],
      swiftSettings: swift),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Accounting", "Charts", "Collect", "Domain", "Insights", "Reporting", "Reports", "Store"],
      swiftSettings: swift),
  ],
  cxxLanguageStandard: .cxx17
)
