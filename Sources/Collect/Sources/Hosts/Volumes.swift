import Domain
import Store

/// The columns of `volume` that are collected.
enum VolumeColumn: Int32, TableColumns {
  case volumeId, accountRegion, instanceId, volumeType, sizeGib, iops, throughputMibps, createdAtMs, deletedAtMs,
    deleteOnTermination, progress, digest

  static let table = "volume"
}

extension Table.Layout {
  static let volume = Table.Layout(VolumeColumn.self, key: [.volumeId], .latest)
}

/// EC2 DescribeVolumes.
extension Page {
  mutating func addVolume(_ volume: JSONValue) {
    guard let id = volume["VolumeId"]?.text else {
      findings.add(.missingField, "VolumeId", "is missing: the volume is left out")
      return
    }
    if let outpost = volume["OutpostArn"]?.text, !outpost.isEmpty {
      return leaveUnused("volumes on Outposts are paid for with the Outpost and are not used")
    }
    count(.volumes)
    let place = place(zone: text(volume["AvailabilityZone"], "AvailabilityZone"), owner: "")
    let createdAt = volume["CreateTime"].flatMap { time($0, "CreateTime") }
    var attachments = list(volume["Attachments"], "Attachments")
    let attachment = attachments.next()
    let attachedAt = attachment?["AttachTime"].flatMap { time($0, "Attachments.AttachTime") }
    begin(.volume)
    put(VolumeColumn.volumeId, id)
    put(VolumeColumn.accountRegion, reference: place)
    put(VolumeColumn.instanceId, text(attachment?["InstanceId"], "Attachments.InstanceId"))
    put(VolumeColumn.volumeType, text(volume["VolumeType"], "VolumeType"))
    put(VolumeColumn.sizeGib, volume["Size"].flatMap { quantity($0, "Size", in: Plausible.storageGiB) })
    put(VolumeColumn.iops, volume["Iops"].flatMap { quantity($0, "Iops", in: Plausible.iops) })
    put(
      VolumeColumn.throughputMibps,
      volume["Throughput"].flatMap { quantity($0, "Throughput", in: Plausible.throughputMiBps) })
    put(VolumeColumn.createdAtMs, createdAt)
    put(VolumeColumn.deleteOnTermination, attachment?["DeleteOnTermination"]?.bool.map { $0 ? 1 : 0 })
    end(VolumeColumn.progress, max(createdAt ?? 0, attachedAt ?? 0, observedAt))
    note(createdAt, in: place)
    note(attachedAt, in: place)
  }
}
