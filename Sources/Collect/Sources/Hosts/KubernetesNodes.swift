import Domain
import Store

/// The columns of `kubernetes_node`.
enum KubernetesNodeColumn: Int32, TableColumns {
  case instanceId, name, region, instanceType, zone, environmentUuid, createdAtMs, milliVcpus, memoryMib, gpus,
    progress,
    digest

  static let table = "kubernetes_node"
}

/// The columns of `instance_host_name`.
enum InstanceHostNameColumn: Int32, TableColumns {
  case instanceId, name, region

  static let table = "instance_host_name"
}

extension Table.Layout {
  static let kubernetesNode = Table.Layout(KubernetesNodeColumn.self, key: [.instanceId], .latest)
  static let instanceHostName = Table.Layout(
    InstanceHostNameColumn.self, key: [.name, .region, .instanceId], .keep)
}

/// The names of EKS nodes: the private DNS names of their instances.
enum NodeName {
  /// The instance in `i-0123456789abcdef0.eu-west-1.compute.internal`, a resource name; nil for `ip-10-0-1-2…`, which
  /// does not contain the instance.
  static func instance(_ name: JSONText) -> JSONText? {
    guard name.hasPrefix("i-") else { return nil }
    let id = name.firstIndex(of: UInt8(ascii: ".")).map { name.slice(0, $0) } ?? name
    let digits = id.dropFirst(2)
    let isHexadecimal = digits.buffer.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    return isHexadecimal && (8...17).contains(digits.count) ? id : nil
  }
}

/// Kubernetes nodes, as `kubectl get nodes -o json` prints them.
extension Page {
  /// A Kubernetes object, or a list of them.
  mutating func addKubernetes(_ object: JSONValue) {
    let kind = text(object["kind"], "kind")?.string ?? ""
    guard kind == "List" || kind == "NodeList" else {
      if kind == "Node" { return addNode(object) }
      return leaveUnused("Kubernetes objects of kind \(kind.prefix(40)) are not used")
    }
    let items = list(object["items"], "items")
    findings.listName = "items"
    for (index, item) in items.enumerated() {
      findings.element = index
      let mark = mark
      if let other = item["kind"]?.text?.string, other != "Node" {
        leaveUnused("Kubernetes objects of kind \(other.prefix(40)) are not used")
      } else {
        addNode(item)
      }
      settle(mark)
    }
    findings.listName = ""
    if object["items"]?.firstElement == nil { leaveUnused(nil) }
  }

  private mutating func addNode(_ node: JSONValue) {
    guard let metadata = object(node["metadata"], "metadata"), let name = text(metadata["name"], "metadata.name") else {
      findings.add(.missingField, "metadata.name", "is missing: the node is left out")
      return
    }
    // `aws:///eu-west-1b/i-0123456789abcdef0`; for Fargate, a pod's own host.
    let provider = text(node["spec"]?["providerID"], "spec.providerID")
    let id = provider?.afterLastSlash ?? NodeName.instance(name)
    guard let id else {
      findings.add(.missingField, "spec.providerID", "is missing: its instance is unknown, so the node is left out")
      return
    }
    guard let instance = NodeName.instance(id) else {
      return leaveUnused("Kubernetes nodes that are not instances of EC2, as on Fargate, are not used")
    }
    count(.nodes)
    let labels = object(metadata["labels"], "metadata.labels")
    let zone =
      text(labels?["topology.kubernetes.io/zone"], "metadata.labels.topology.kubernetes.io/zone")
      ?? provider.flatMap(Self.zone(ofProvider:))
    let region = zone.map { Collect.region(ofZone: $0.string) } ?? String(fallbackPlace.prefix { $0 != ":" })
    let createdAt = metadata["creationTimestamp"].flatMap { time($0, "metadata.creationTimestamp") }
    let allocatable = object(node["status"]?["allocatable"], "status.allocatable")
    let has = KubernetesResources({ allocatable?[$0] }, "status.allocatable", &self)
    begin(.kubernetesNode)
    put(KubernetesNodeColumn.instanceId, instance)
    put(KubernetesNodeColumn.name, name)
    put(KubernetesNodeColumn.region, region)
    put(
      KubernetesNodeColumn.instanceType,
      text(labels?["node.kubernetes.io/instance-type"], "metadata.labels.node.kubernetes.io/instance-type"))
    put(KubernetesNodeColumn.zone, zone)
    put(
      KubernetesNodeColumn.environmentUuid,
      text(
        labels?["batch.amazonaws.com/compute-environment-uuid"],
        "metadata.labels.batch.amazonaws.com/compute-environment-uuid"))
    put(KubernetesNodeColumn.createdAtMs, createdAt)
    put(KubernetesNodeColumn.milliVcpus, has.milliVCPUs)
    put(KubernetesNodeColumn.memoryMib, has.memoryMiB)
    put(KubernetesNodeColumn.gpus, has.gpus)
    // A number that increases with every change in the cluster.
    let version = metadata["resourceVersion"]?.text.flatMap { Int64($0.string) } ?? 0
    end(KubernetesNodeColumn.progress, version)
    putHostName(name, of: instance, region: region)
  }

  private static func zone(ofProvider provider: JSONText) -> JSONText? {
    guard let slash = provider.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let zone = provider.slice(0, slash).afterLastSlash
    return zone.isEmpty ? nil : zone
  }

  /// The name of an instance within its VPC: EC2 forgets it when the instance ends, and reuses it for the next one with
  /// the same address.
  mutating func putHostName(_ name: JSONText?, of instance: JSONText, region: String) {
    guard let name, !name.isEmpty else { return }
    begin(.instanceHostName)
    put(InstanceHostNameColumn.instanceId, instance)
    put(InstanceHostNameColumn.name, name)
    put(InstanceHostNameColumn.region, region)
  }
}
