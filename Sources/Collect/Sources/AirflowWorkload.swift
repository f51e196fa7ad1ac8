/// What Airflow's executor for Batch says of a task: a JSON document among the words of the job's command, since it writes
/// neither tags nor parameters.
///
///     python -m airflow.sdk.execution_time.execute_workload --json-string {"ti": {"dag_id": "etl", …}, …}
enum AirflowWorkload {
  private static let members: [(member: StaticString, name: String)] = [
    ("dag_id", "airflow.dag_id"), ("run_id", "airflow.run_id"), ("task_id", "airflow.task_id"),
    ("map_index", "airflow.map_index"), ("try_number", "airflow.try_number"),
  ]

  /// Adds what the executor says of the task. A workload that cannot be read adds nothing.
  static func add(_ workload: JSONText, to texts: inout TagText) {
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

  var airflowWorkload: JSONText? {
    guard let command = container?.command ?? firstTask?["containers"]?.firstElement?["command"] else { return nil }
    var isNext = false
    for word in command.elements {
      guard let text = word.text else { return nil }
      if isNext { return text }
      isNext = text == "--json-string"
    }
    return nil
  }
}
