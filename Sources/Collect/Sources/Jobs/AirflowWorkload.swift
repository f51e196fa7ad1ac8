/// A task of Airflow's executor for Batch, read from the job's command, because the executor writes neither tags nor
/// parameters: a JSON document with Airflow 3; with Airflow 2 the arguments of its own command, which do not include
/// the try number.
///
///     python -m airflow.sdk.execution_time.execute_workload --json-string {"ti": {"dag_id": "etl", …}, …}
///     airflow tasks run etl load scheduled__2026-10-19T00:00:00+00:00 --local --subdir DAGS_FOLDER/etl.py --map-index 3
enum AirflowWorkload {
  private static let members: [(member: StaticString, name: String)] = [
    ("dag_id", "airflow.dag_id"), ("run_id", "airflow.run_id"), ("task_id", "airflow.task_id"),
    ("map_index", "airflow.map_index"), ("try_number", "airflow.try_number"),
  ]

  private static let run: [StaticString] = ["airflow", "tasks", "run"]
  /// The arguments after them, in order.
  private static let subjects = ["airflow.dag_id", "airflow.task_id", "airflow.run_id"]

  /// Adds a command's data about the task, if it is the executor's.
  static func add(command: JSONValue, to texts: inout TagText) {
    var last: JSONText?
    var isRun = true
    for (index, word) in command.elements.enumerated() {
      guard let text = word.text else { return }
      if let last, last == "--json-string" { return add(workload: text, to: &texts) }
      if index < run.count {
        isRun = isRun && text == run[index]
      } else if isRun, index < run.count + subjects.count {
        texts.add(subjects[index - run.count], text.string)
      } else if isRun, let last, last == "--map-index" {
        texts.add("airflow.map_index", text.string)
      }
      last = text
    }
  }

  /// An unreadable workload adds nothing.
  private static func add(workload: JSONText, to texts: inout TagText) {
    var scratch: [UInt8] = []
    guard let parser = try? JSONParser(maximumBytes: max(workload.count, 1), maximumDepth: 64),
      let task = try? parser.parse(workload, scratch: &scratch)["ti"]
    else { return }
    for (member, name) in members {
      guard let value = task[member], let text = value.text?.string ?? value.integer.map(String.init) else { continue }
      texts.add(name, text)
    }
  }
}

extension JobMembers {
  var environment: JSONValue? {
    container?.environment ?? firstTask?["containers"]?.firstElement?["environment"]
  }

  var command: JSONValue? { container?.command ?? firstTask?["containers"]?.firstElement?["command"] }
}
