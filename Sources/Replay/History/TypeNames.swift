import Domain

/// The entries in an environment's list of instance types: types, families, and AWS's groups.
struct TypeNames {
  /// Groups of families (botocore 1.44.8, batch `ComputeResource.instanceTypes`).
  private static let groups = [
    "optimal": ["m6i", "c6i", "r6i", "c7i"],
    "default_x86_64": ["m6i", "c6i", "r6i", "c7i"],
    "default_arm64": ["m6g", "c6g", "r6g", "c7g"],
  ]

  private let shapes: [InstanceShape]

  init(_ shapes: [InstanceShape]) { self.shapes = shapes }

  /// Positions of the types that a name means, the smallest of a family first; empty where none is known.
  func positions(_ name: String) -> [Int] {
    if let type = shapes.firstIndex(where: { $0.name == name }) { return [type] }
    return (Self.groups[name] ?? [name]).flatMap { family in
      shapes.indices.filter { shapes[$0].name.hasPrefix(family + ".") }
        .sorted { (shapes[$0].nominal.milliVCPUs, $0) < (shapes[$1].nominal.milliVCPUs, $1) }
    }
  }

  func positions(listed names: [String]) -> [Int] {
    var seen: Set<Int> = []
    return names.flatMap(positions).filter { seen.insert($0).inserted }
  }

  /// Everything that can be written.
  var known: [String] {
    let families = Set(shapes.map { String($0.name.prefix { $0 != "." }) })
    return shapes.map(\.name) + families.sorted() + Self.groups.keys.sorted()
  }
}
