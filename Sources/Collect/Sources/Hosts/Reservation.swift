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
    if let pod = job.pod { add(pod: pod, &page) }
    if Plausible.resources(milliVCPUs: milliVCPUs, memoryMiB: memoryMiB, gpus: gpus) == nil {
      page.findings.add(
        .absurdValue, "resourceRequirements", "of all containers together are not plausible: left out")
      (milliVCPUs, memoryMiB, gpus) = (0, 0, 0)
    }
  }

  /// A container of ECS: `resourceRequirements`, or if these are missing the older `vcpus` and `memory`.
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
    if let devices = container.devices { addAccelerators(devices, path() + ".linuxParameters.devices", &page) }
  }

  /// Neuron devices of Inferentia and Trainium: Batch has no resource for them, so a job names them as devices of its
  /// host.
  private mutating func addAccelerators(_ devices: JSONValue, _ path: String, _ page: inout Page) {
    for device in page.list(devices, path) {
      guard let host = device["hostPath"]?.text, host.hasPrefix("/dev/neuron") else { continue }
      let number = host.dropFirst("/dev/neuron".utf8.count)
      if !number.isEmpty, number.buffer.allSatisfy({ (48...57).contains($0) }) { gpus += 1 }
    }
  }

  /// A task with several containers: their reservations add up.
  mutating func add(task: JSONValue, _ page: inout Page) {
    let path: StaticString = "ecsProperties.taskProperties.containers"
    for (index, container) in page.list(task["containers"], "\(path)").enumerated() {
      let members = ContainerMembers(container, path, &page)
      add(members, "ecsProperties.taskProperties[0].containers[\(index)]", &page)
    }
  }

  /// A pod of EKS. Its init containers run one after another before the others: for each resource it reserves the most
  /// that any of them requests, or the sum of all others, whichever is more.
  mutating func add(pod: JSONValue, _ page: inout Page) {
    var whole = Reservation()
    for container in page.list(pod["containers"], "podProperties.containers") {
      whole.add(ofKubernetes: container, &page)
    }
    for container in page.list(pod["initContainers"], "podProperties.initContainers") {
      var initial = Reservation()
      initial.add(ofKubernetes: container, &page)
      whole.milliVCPUs = max(whole.milliVCPUs, initial.milliVCPUs)
      whole.memoryMiB = max(whole.memoryMiB, initial.memoryMiB)
      whole.gpus = max(whole.gpus, initial.gpus)
    }
    milliVCPUs += whole.milliVCPUs
    memoryMiB += whole.memoryMiB
    gpus += whole.gpus
  }

  /// A container of a pod: requests, else limits.
  private mutating func add(ofKubernetes container: JSONValue, _ page: inout Page) {
    guard let resources = page.object(container["resources"], "podProperties.containers.resources") else { return }
    func amount(_ name: StaticString) -> JSONValue? { resources["requests"]?[name] ?? resources["limits"]?[name] }
    let held = KubernetesResources(amount, "podProperties.containers.resources", &page)
    milliVCPUs += held.milliVCPUs ?? 0
    memoryMiB += held.memoryMiB ?? 0
    gpus += held.gpus ?? 0
  }
}
