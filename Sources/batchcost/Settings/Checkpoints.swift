import Configuration
import Insights

extension CheckpointRule {
  /// One entry of `checkpoints` in batchcost.yaml: which jobs, and how to tell when they make checkpoints.
  ///
  /// ```yaml
  /// checkpoints:
  ///   - {queue: gpu, every: 30m}
  ///   - {job_name: "train-{:any}", every_tag: checkpoint-every}
  ///   - {definition: simulate, objects: "s3://results/checkpoints/{job_name}/"}
  /// ```
  ///
  /// - Throws: `SettingError` for invalid settings.
  init(_ reader: SettingsReader) throws {
    let sources = ["every", "every_tag", "objects"]
    try reader.allow(["queue", "definition", "job_name"] + sources)
    guard sources.filter({ reader.has($0) }).count == 1 else {
      throw reader.error("must have one of \(sources.joined(separator: ", "))")
    }
    func pattern(_ name: String) throws -> String? {
      try reader.value(
        name, as: { !$0.isEmpty && NamePattern($0) != nil ? $0 : nil },
        expected: "a name or a pattern such as train-{:any}")
    }
    let every = try reader.value("every", as: Self.interval, expected: "an interval such as 90s, 30m or 2h")
    let tag = try reader.value("every_tag", as: { $0.isEmpty ? nil : $0 }, expected: "the key of a tag")
    let prefix = try reader.value(
      "objects", as: Self.prefix,
      expected: "a prefix such as s3://bucket/checkpoints/{job_name}/, with {job_name} or {job_id}")
    let times = every.map(Times.every) ?? tag.map(Times.tag) ?? prefix.map { Times.objects(prefix: $0) }
    guard let times else { throw reader.error("must have one of \(sources.joined(separator: ", "))") }
    self.init(
      queue: try pattern("queue"), definition: try pattern("definition"), jobName: try pattern("job_name"), times: times
    )
  }
}
