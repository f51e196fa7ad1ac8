import Domain
import Store

/// A volume of an instance, as EC2 described it.
struct VolumeFacts {
  var id: String
  var accountRegion: Int64
  var terms: VolumeTerms
  var created: Instant?
  var deleted: Instant?
  /// Goes with its instance.
  var endsWithInstance: Bool

  /// From creation to deletion; while nobody says it was deleted, to the time of collection, beyond which nothing goes.
  ///
  /// - Returns: nil where it was created after the time of collection.
  func span(instance: TimeSpan, _ place: World.Place) -> TimeSpan? {
    let start = created ?? instance.start
    if start.milliseconds > place.horizon { return nil }
    let end = deleted ?? (endsWithInstance ? instance.end : place.asOf)
    return TimeSpan(start, max(start, min(end, Instant(milliseconds: place.horizon))))
  }

  /// A later collection will tell more of it.
  func isOpen(_ instance: ResourceEntry, _ place: World.Place) -> Bool {
    guard let deleted else { return instance.isOpen || !endsWithInstance }
    return deleted.milliseconds > place.horizon
  }
}

extension VolumeFacts {
  /// Volumes by the id of the instance that they are attached to.
  static func read(
    _ connection: Connection, _ places: [Int64: World.Place], _ scope: FactScope
  ) throws -> [String: [VolumeFacts]] {
    var volumes: [String: [VolumeFacts]] = [:]
    let rows = try connection.prepare(
      """
      SELECT volume_id, account_region, instance_id, volume_type, size_gib, iops, throughput_mibps, created_at_ms,
        deleted_at_ms, delete_on_termination
      FROM volume WHERE instance_id IS NOT NULL AND size_gib IS NOT NULL AND \(scope.hasInstance) ORDER BY volume_id
      """)
    while try rows.step() {
      let place = rows.integer(1)
      volumes[rows.text(2), default: []].append(
        VolumeFacts(
          id: rows.text(0), accountRegion: place,
          terms: VolumeTerms(
            region: places[place]?.region ?? "", type: rows.text(3),
            sizeGiB: Plausible.storageGiB.clamp(rows.integer(4)),
            iops: Plausible.iops.clamp(rows.integer(5)),
            throughputMiBps: Plausible.throughputMiBps.clamp(rows.integer(6))),
          created: Instant(plausible: rows.optionalInteger(7)), deleted: Instant(plausible: rows.optionalInteger(8)),
          endsWithInstance: rows.optionalInteger(9) != 0))
    }
    return volumes
  }
}
