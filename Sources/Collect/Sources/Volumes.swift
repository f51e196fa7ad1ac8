import Domain

extension Table.Layout {
  static let volume = Table.Layout(
    "volume",
    """
    volume_id account_region instance_id volume_type size_gib iops throughput_mibps created_at_ms deleted_at_ms
    delete_on_termination
    """, key: "volume_id", .latest)
}

/// EC2 DescribeVolumes.
extension Page {
  mutating func addVolume(_ volume: JSONValue) {
    guard let id = volume["VolumeId"]?.text else {
      findings.add(.missingField, "VolumeId", "is missing: the volume is left out")
      return
    }
    count(.volumes)
    let place = place(zone: text(volume["AvailabilityZone"], "AvailabilityZone"), owner: "")
    let createdAt = volume["CreateTime"].flatMap { time($0, "CreateTime") }
    var attachments = list(volume["Attachments"], "Attachments")
    let attachment = attachments.next()
    let attachedAt = attachment?["AttachTime"].flatMap { time($0, "Attachments.AttachTime") }
    begin(.volume)
    put(id)
    put(reference: place)
    put(text(attachment?["InstanceId"], "Attachments.InstanceId"))
    put(text(volume["VolumeType"], "VolumeType"))
    put(volume["Size"].flatMap { quantity($0, "Size", in: Plausible.storageGiB) })
    put(volume["Iops"].flatMap { quantity($0, "Iops", in: Plausible.iops) })
    put(volume["Throughput"].flatMap { quantity($0, "Throughput", in: Plausible.throughputMiBps) })
    put(createdAt)
    putNull()
    put(attachment?["DeleteOnTermination"]?.bool.map { $0 ? 1 : 0 })
    end(progress: max(createdAt ?? 0, attachedAt ?? 0, observedAt))
    note(createdAt, in: place)
    note(attachedAt, in: place)
  }
}
