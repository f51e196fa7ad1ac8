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
    var (gpus, gpuMemory) = (Int64(0), Int64(0))
    for gpu in list(gpuInfo?["Gpus"], "GpuInfo.Gpus") {
      let count = gpuCount(gpu)
      gpus += count
      let memory = gpu["MemoryInfo"]?["SizeInMiB"].flatMap {
        quantity($0, "GpuInfo.Gpus.MemoryInfo", in: Plausible.memoryMiB)
      }
      gpuMemory += count * (memory ?? 0)
    }
    let total = gpuInfo?["TotalGpuMemoryInMiB"].flatMap { quantity($0, "GpuInfo.TotalGpuMemoryInMiB") }
    let neuronInfo = object(type["NeuronInfo"], "NeuronInfo")
    for device in list(neuronInfo?["NeuronDevices"], "NeuronInfo.NeuronDevices") {
      gpus += device["Count"].flatMap { quantity($0, "NeuronInfo.NeuronDevices.Count", in: Plausible.gpus) } ?? 0
    }
    begin(.instanceType)
    put(InstanceTypeColumn.name, name)
    put(InstanceTypeColumn.milliVcpus, vcpus * 1000)
    put(InstanceTypeColumn.memoryMib, memory)
    put(InstanceTypeColumn.gpus, gpus)
    put(
      InstanceTypeColumn.gpuMemoryMib,
      gpuInfo == nil
        ? neuronInfo?["TotalNeuronDeviceMemoryInMiB"].flatMap {
          quantity($0, "NeuronInfo.TotalNeuronDeviceMemoryInMiB")
        } : total ?? gpuMemory)
    put(
      InstanceTypeColumn.architecture,
      type["ProcessorInfo"]?["SupportedArchitectures"]?.elements.compactMap(\.text).last)
    put(InstanceTypeColumn.burstable, type["BurstablePerformanceSupported"]?.bool ?? false)
    put(InstanceTypeColumn.bareMetal, type["BareMetal"]?.bool ?? false)
  }

  /// A type with part of a GPU has `Count` 0 and `LogicalGpuCount` 1; answers of older clients lack the latter (aws-cli
  /// issue 9659).
  private mutating func gpuCount(_ gpu: JSONValue) -> Int64 {
    let count = gpu["Count"].flatMap { quantity($0, "GpuInfo.Gpus.Count", in: Plausible.gpus) }
    if let count, count > 0 { return count }
    if let logical = gpu["LogicalGpuCount"].flatMap({ quantity($0, "GpuInfo.Gpus.LogicalGpuCount", in: Plausible.gpus) }
    ) {
      return logical
    }
    return count == 0 ? 1 : 0
  }
}
