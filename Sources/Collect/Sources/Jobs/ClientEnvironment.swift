/// What clients write in the environment of a job's container. Nothing else of the environment is stored, because it
/// may contain secrets.
///
/// AWS Step Functions adds `MANAGED_BY_AWS=STARTED_BY_STEP_FUNCTIONS` to every job that it waits for
/// (`submitJob.sync`), but not its execution: that is known only if a user passes `$$.Execution.Id` on, in any variable
/// or parameter. Users also pass on Prefect's own variable. Lithops hands on a JSON text that names the function.
enum ClientEnvironment {
  /// Adds what is known about clients.
  ///
  /// - Parameter execution: a Step Functions execution among the job's parameters and tags; nil if there is none.
  static func add(_ environment: JSONValue?, execution: StateMachineExecution?, to texts: inout TagText) {
    var execution = execution
    var variables = environment?.elements
    while let variable = variables?.next() {
      guard let name = variable["name"]?.text, let value = variable["value"]?.text else { continue }
      if name == "MANAGED_BY_AWS", value == "STARTED_BY_STEP_FUNCTIONS" { texts.add("states.managed", "true") }
      if name == "PREFECT__FLOW_RUN_ID", !value.isEmpty { texts.add("prefect.flow_run_id", value.string) }
      if name == "__LITHOPS_ACTION", value == "get_metadata" { texts.add("lithops.function", "metadata") }
      if name == "__LITHOPS_PAYLOAD", let function = lithopsFunction(value) { texts.add("lithops.function", function) }
      execution = execution ?? StateMachineExecution(value)
    }
    guard let execution else { return }
    texts.add("states.execution", execution.name)
    texts.add("states.machine", execution.machine)
  }

  /// The function in what Python's `json.dumps` wrote: `"func_name": "align"`. The rest may have keys to a bucket.
  private static func lithopsFunction(_ payload: JSONText) -> String? {
    let name = payload.string.firstMatch(of: /"func_name": "([A-Za-z_][A-Za-z0-9_]{0,127})"/)
    return name.map { String($0.output.1) }
  }
}

/// An execution, by its ARN: `arn:aws:states:eu-west-1:111122223333:execution:MACHINE:NAME`. A child of a distributed
/// map is `MACHINE/LABEL:ID`, and counts as its parent's machine.
struct StateMachineExecution: Equatable {
  var machine, name: String

  init?(_ text: JSONText) {
    guard text.count <= 512, text.hasPrefix("arn:aws") else { return nil }
    let parts = text.string.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 8, parts[2] == "states", parts[5] == "execution" || parts[5] == "express",
      !parts[6].isEmpty, !parts[7].isEmpty
    else { return nil }
    machine = String(parts[6].split(separator: "/")[0])
    name = String(parts[7])
  }
}
