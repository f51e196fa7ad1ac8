import Testing

@testable import Insights

/// Names as the clients' packages really write them.
@Suite struct ClientNameTests {
  private func match(_ pattern: String, _ name: String) throws -> [String: String]? {
    let pattern = try #require(NamePattern(pattern))
    var name = name
    guard let fields = name.withUTF8({ pattern.match($0) }) else { return nil }
    var texts: [String: String] = [:]
    for field in ClientField.allCases { texts[field.rawValue] = fields[field] }
    return texts
  }

  @Test(
    "A field ends where the next part begins",
    arguments: [
      (
        "{user}-{workflow:word}-{run:number}-{step}-{task:number}-{try:number}",
        "alice-TrainFlow-1793088000364744-align-2-0",
        ["user": "alice", "workflow": "TrainFlow", "run": "1793088000364744", "step": "align", "task": "2", "try": "0"]
      ),
      (
        "{user}-{workflow:word}-{run:number}-{step}-{task:number}-{try:number}", "mary-jane-My_Flow-17-fit_all-3-1",
        ["user": "mary-jane", "workflow": "My_Flow", "run": "17", "step": "fit_all", "task": "3", "try": "1"]
      ),
      ("snakejob-{step}-{:uuid}", "snakejob-align-9a2ef80f-58ee-4571-b499-8d7c4093f6de", ["step": "align"]),
      ("{step}-{task:numbered}-{:base32}", "align-0-a1-jzczbtto", ["step": "align", "task": "0-a1"]),
      ("{step}-{task:numbered}-{:base32}", "bwa-mem2-0-1-jzczbtto", ["step": "bwa-mem2", "task": "0-1"]),
      (
        "{step}-{task:numbered}-try{try:number}-{:base32}", "align-2-c3-try2-p7qa5efe",
        ["step": "align", "task": "2-c3", "try": "2"]
      ),
      (
        "{step}-kind-{:any}instance-{task}-v{try:number}", "align-kind-aligninstance-q3_x81zz-v3",
        ["step": "align", "task": "q3_x81zz", "try": "3"]
      ),
      (
        "covalent-batch-{run:uuid}-{step:number}", "covalent-batch-7a1cbf1e-6a0f-4f6e-9a54-6b8ad2ce9c9e-4",
        ["run": "7a1cbf1e-6a0f-4f6e-9a54-6b8ad2ce9c9e", "step": "4"]
      ),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_RNASEQ_RNASEQ_ALIGN_STAR", ["workflow": "nf-core/rnaseq"]),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_SAREK:PREPARE", ["workflow": "nf-core/sarek"]),
      // As Nextflow's normalizeJobName leaves them, without colons.
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_SAREKSAREKFASTQC_s1L1", ["workflow": "nf-core/sarek"]),
      (
        "NFCORE_{workflow:pipeline}{:any}", "NFCORE_SAREKPREPARE_INTERVALSCREATE_INTERVALS_BED_wgs",
        ["workflow": "nf-core/sarek"]
      ),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_MAGMAPMAGMAPFASTQC_s1", ["workflow": "nf-core/magmap"]),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_MAGMAGFASTQC_s1", ["workflow": "nf-core/mag"]),
      // On no list of pipelines.
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_ACMEFLOWACMEFLOWALIGN_s1", ["workflow": "nf-core/acmeflow"]),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_ACMEFLOW_ALIGN", ["workflow": "nf-core/acmeflow"]),
    ])
  func fields(pattern: String, name: String, expected: [String: String]) throws {
    #expect(try match(pattern, name) == expected)
  }

  @Test(
    "The whole name must match",
    arguments: [
      ("snakejob-{step}-{:uuid}", "snakejob-align-9a2ef80f-58ee-4571-b499"), ("{step}-{:base32}", "nightly-training2"),
      ("{step}-{:base32}", "jzczbtto"), ("{step}-{task:numbered}-{:base32}", "merge-all-jzczbtto"),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_"),
      ("NFCORE_{workflow:pipeline}{:any}", "NFCORE_SAREK"),
      ("a{run:number}", "a"), ("a{run:number}b", "a12"),
    ])
  func others(pattern: String, name: String) throws { #expect(try match(pattern, name) == nil) }

  @Test("Invalid patterns", arguments: ["{run", "run}", "{nobody}", "{run:digits}"])
  func unreadable(pattern: String) { #expect(NamePattern(pattern) == nil) }

  @Test(
    "Varying parts become a star",
    arguments: [
      ("align_sample-17 (3)", "align_sample-*"),
      ("snakejob-def-align-9a2ef80f-58ee-4571-b499-8d7c4093f6de", "snakejob-def-align-*"),
      ("redun-job-c6e50df2e5a3863e1f525265c8b007ee4d82feac", "redun-job-*"), ("merge-2fqo3xo7", "merge-*"),
      ("align-20261027080000", "align-*"), ("toil-0f8fad5b-d9cb-469f-a165-70867728950e", "toil-*"),
      ("metaflow_b6773126557f37fbc9b24e7b6adedc05d3eb3923", "metaflow_*"), ("bowtie2", "bowtie*"),
      ("nightly-pipeline", "nightly-pipeline"),
      ("facade-deadbeef", "facade-deadbeef"), ("データ7", "データ*"), ("", ""),
      // A name of 128 characters was cut: in its id, in a word.
      (String(repeating: "step", count: 29) + "-0f8fad5b-d9", String(repeating: "step", count: 29) + "-*"),
      (String(repeating: "step", count: 29) + "-0f8fad5b-d9c", String(repeating: "step", count: 29) + "-*-d*c"),
      (String(repeating: "step", count: 29) + "-sample-live", String(repeating: "step", count: 29) + "-sample-*"),
    ])
  func varies(name: String, pattern: String) { #expect(VaryingParts.pattern(of: name) == pattern) }

  @Test(
    "Numbers in job definition names are kept",
    arguments: [
      ("q_1w", "q_1w"), ("bowtie2", "bowtie2"), ("align-v12", "align-v12"), ("align-20261027080000", "align-*"),
      ("snakejob-def-align-9a2ef80f-58ee-4571-b499-8d7c4093f6de", "snakejob-def-align-*"),
    ])
  func definitions(name: String, pattern: String) {
    #expect(VaryingParts.pattern(of: name, keepsNumbers: true) == pattern)
  }
}
