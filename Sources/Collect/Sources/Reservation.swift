import Domain

/// What a container, or all containers of a task, reserve.
struct Reservation {
  var milliVCPUs: Int64 = 0
  var memoryMiB: Int64 = 0
  var gpus: Int64 = 0

  init() {}

  init(_ job: JobMembers, _ page: inout Page) {
    if let container = job.container { add(container, "container", &page) }
    if let task = job.firstTask { add(task: task, &page) }
    if let pod = job.eksProperties?["podProperties"] { add(pod: pod, &page) }
    if Plausible.resources(milliVCPUs: milliVCPUs, memoryMiB: memoryMiB, gpus: gpus) == nil {
      page.findings.add(
        .absurdValue, "resourceRequirements", "of all containers together are more than can be: left out")
      (milliVCPUs, memoryMiB, gpus) = (0, 0, 0)
    }
  }

  /// A container of ECS: `resourceRequirements`, or the older `vcpus` and `memory` where those say nothing.
  mutating func add(_ container: ContainerMembers, _ path: @autoclosure () -> String, _ page: inout Page) {
    var vcpus: Int64?
    var memory: Int64?
    var gpus: Int64?
    for requirement in page.list(container.requirements, path() + ".resourceRequirements") {
      guard let kind = page.text(requirement["type"], path() + ".resourceRequirements.type"),
        let amount = requirement["value"]
      else { continue }
      switch kind {
      case "VCPU":
        vcpus = page.thousandths(
          amount, path() + ".resourceRequirements.VCPU", in: Plausible.milliVCPUs)
      case "MEMORY": memory = page.quantity(amount, path() + ".resourceRequirements.MEMORY", in: Plausible.memoryMiB)
      case "GPU": gpus = page.quantity(amount, path() + ".resourceRequirements.GPU", in: Plausible.gpus)
      default: break
      }
    }
    if vcpus == nil {
      vcpus = container.vcpus.flatMap { page.thousandths($0, path() + ".vcpus", in: Plausible.milliVCPUs) }
    }
    if memory == nil {
      memory = container.memory.flatMap { page.quantity($0, path() + ".memory", in: Plausible.memoryMiB) }
    }
    milliVCPUs += vcpus ?? 0
    memoryMiB += memory ?? 0
    self.gpus += gpus ?? 0
  }

  /// A task of several containers: their reservations add up.
  mutating func add(task: JSONValue, _ page: inout Page) {
    let path: StaticString = "ecsProperties.taskProperties.containers"
    for (index, container) in page.list(task["containers"], "\(path)").enumerated() {
      let members = ContainerMembers(container, path, &page)
      add(members, "ecsProperties.taskProperties[0].containers[\(index)]", &page)
    }
  }

  /// A pod of EKS: requests, else limits, in Kubernetes' units.
  mutating func add(pod: JSONValue, _ page: inout Page) {
    for container in (pod["containers"] ?? pod).elements {
      guard let resources = container["resources"] else { continue }
      func amount(_ name: StaticString) -> JSONValue? { resources["requests"]?[name] ?? resources["limits"]?[name] }
      if let cpu = amount("cpu") {
        milliVCPUs += page.thousandths(cpu, "eksProperties.cpu", in: Plausible.milliVCPUs) ?? 0
      }
      if let memory = amount("memory")?.text { memoryMiB += mebibytes(memory, "eksProperties.memory", &page) ?? 0 }
      if let gpu = amount("nvidia.com/gpu") { gpus += page.quantity(gpu, "eksProperties.gpu", in: Plausible.gpus) ?? 0 }
    }
  }

  private func mebibytes(_ text: JSONText, _ path: String, _ page: inout Page) -> Int64? {
    let string = text.string
    let amount: Int64? =
      if string.hasSuffix("Mi") { Int64(string.dropLast(2)) } else if string.hasSuffix("Gi") {
        Int64(string.dropLast(2)).flatMap { $0.multipliedReportingOverflow(by: 1024).overflow ? nil : $0 * 1024 }
      } else { Int64(string).map { $0 >> 20 } }
    if let amount, Plausible.memoryMiB.contains(amount) { return amount }
    page.findings.add(.absurdValue, path, "\(string) is not an amount of memory that can be")
    return nil
  }
}
