import Domain
import Store

/// The columns of `instance_type` that are collected.
enum InstanceTypeColumn: Int32, TableColumns {
  case name, milliVcpus, memoryMib, gpus, gpuMemoryMib, architecture, burstable, bareMetal

  static let table = "instance_type"
}

extension Table.Layout {
  static let instanceType = Table.Layout(
    InstanceTypeColumn.self, key: [.name], .largest(InstanceTypeColumn.memoryMib.name))
}

/// EC2 DescribeInstanceTypes.
extension Page {
  mutating func addInstanceType(_ type: JSONValue) {
    guard let name = type["InstanceType"]?.text,
      let vcpus = type["VCpuInfo"]?["DefaultVCpus"].flatMap({
        quantity($0, "VCpuInfo.DefaultVCpus", in: 1...Plausible.milliVCPUs.upperBound / 1000)
      }),
      let memory = type["MemoryInfo"]?["SizeInMiB"].flatMap({
        quantity($0, "MemoryInfo.SizeInMiB", in: Plausible.memoryMiB)
      })
    else {
      findings.add(.missingField, "", "lacks its name, vCPUs or memory: the type is left out")
      return
    }
    count(.instanceTypes)
    let gpuInfo = object(type["GpuInfo"], "GpuInfo")
    let neuronInfo = object(type["NeuronInfo"], "NeuronInfo")
    let total = gpuInfo?["TotalGpuMemoryInMiB"].flatMap { quantity($0, "GpuInfo.TotalGpuMemoryInMiB") }
    let gpu = accelerators(gpuInfo?["Gpus"], "GpuInfo.Gpus", of: name, total: total)
    // Answers for inf1 may have its chips only as accelerators for inference.
    let chips = neuronInfo == nil ? object(type["InferenceAcceleratorInfo"], "InferenceAcceleratorInfo") : nil
    let neuron = accelerators(
      neuronInfo?["NeuronDevices"] ?? chips?["Accelerators"],
      chips == nil ? "NeuronInfo.NeuronDevices" : "InferenceAcceleratorInfo.Accelerators", of: name,
      total: (neuronInfo?["TotalNeuronDeviceMemoryInMiB"] ?? chips?["TotalInferenceMemoryInMiB"]).flatMap {
        quantity($0, "NeuronInfo.TotalNeuronDeviceMemoryInMiB")
      })
    begin(.instanceType)
    put(InstanceTypeColumn.name, name)
    put(InstanceTypeColumn.milliVcpus, vcpus * 1000)
    put(InstanceTypeColumn.memoryMib, memory)
    put(InstanceTypeColumn.gpus, gpu.count + neuron.count)
    put(InstanceTypeColumn.gpuMemoryMib, gpuInfo == nil ? neuron.memory : gpu.memory)
    put(
      InstanceTypeColumn.architecture,
      type["ProcessorInfo"]?["SupportedArchitectures"]?.elements.compactMap(\.text).last)
    put(InstanceTypeColumn.burstable, type["BurstablePerformanceSupported"]?.bool ?? false)
    put(InstanceTypeColumn.bareMetal, type["BareMetal"]?.bool ?? false)
  }

  /// How many GPUs, or Neuron devices, a type has, and their memory in MiB.
  private mutating func accelerators(
    _ devices: JSONValue?, _ path: String, of type: JSONText, total: Int64?
  ) -> (count: Int64, memory: Int64?) {
    var kinds: [JSONValue] = []
    for device in list(devices, path) { kinds.append(device) }
    var (count, memory) = (Int64(0), Int64(0))
    for device in kinds {
      let each = device["MemoryInfo"]?["SizeInMiB"].flatMap {
        quantity($0, path + ".MemoryInfo", in: Plausible.memoryMiB)
      }
      var number = self.number(of: device, path)
      // The memory of all and of each tell it too.
      if number == nil, kinds.count == 1, let total, let each, each > 0, total % each == 0,
        Plausible.gpus.contains(total / each)
      {
        number = total / each
      }
      if number == nil {
        findings.add(.missingField, path + ".Count", "is missing: \(type.string.prefix(40)) counts as having one of it")
      }
      count += number ?? 1
      memory += (number ?? 1) * (each ?? 0)
    }
    return (count, total ?? (devices == nil ? nil : memory))
  }

  /// A type with a part of a GPU has `Count` 0 and `LogicalGpuCount` 1; answers of older clients lack the latter
  /// (aws-cli issue 9659). Nil where nothing tells, 0 for a number that cannot be.
  private mutating func number(of device: JSONValue, _ path: String) -> Int64? {
    let told = device["Count"].flatMap { $0.isNull ? nil : $0 }
    let count = told.flatMap { quantity($0, path + ".Count", in: Plausible.gpus) }
    if told != nil, count != 0 { return count ?? 0 }
    let logical = device["LogicalGpuCount"].flatMap { quantity($0, path + ".LogicalGpuCount", in: Plausible.gpus) }
    return logical.flatMap { $0 > 0 ? $0 : nil } ?? count.map { _ in 1 }
  }
}
