import Domain
import Store

/// A volume of an instance, as EC2 described it.
struct VolumeFacts {
  var id: String
  /// Row of `account_region`.
  var accountRegion: Int64
  var terms: VolumeTerms
  /// Nil if unknown: then with its instance.
  var created: Instant?
  /// Nil if unknown.
  var deleted: Instant?
  /// It is deleted with its instance.
  var endsWithInstance: Bool

  /// From creation to deletion; if no deletion is known, up to the time of collection, which is always the limit. A volume
  /// that is older than its instance was attached to it later: before that, the instance did not cause its cost.
  ///
  /// - Returns: nil if it was created after the time of collection.
  func span(instance: TimeSpan, _ place: World.Place) -> TimeSpan? {
    let isOlder = created.map { $0.milliseconds < instance.start.milliseconds - millisecondsPerHour } ?? true
    let start = isOlder ? instance.start : created ?? instance.start
    if start.milliseconds > place.horizon { return nil }
    let end = deleted ?? (endsWithInstance ? instance.end : place.asOf)
    return TimeSpan(start, max(start, min(end, Instant(milliseconds: place.horizon))))
  }

  /// Whether a later collection will know more about it.
  func isOpen(_ instance: ResourceEntry, _ place: World.Place) -> Bool {
    guard let deleted else { return instance.isOpen || !endsWithInstance }
    return deleted.milliseconds > place.horizon
  }
}

extension VolumeFacts {
  private enum Field: Int32, SelectedColumn {
    case volumeId, accountRegion, instanceId, volumeType, sizeGib, iops, throughputMibps, createdAtMs, deletedAtMs,
      deleteOnTermination
  }

  /// Volumes by the id of the instance to which they are attached.
  static func read(
    _ connection: Connection, _ places: [Int64: World.Place], _ scope: FactScope
  ) throws -> [String: [VolumeFacts]] {
    var volumes: [String: [VolumeFacts]] = [:]
    let rows = try connection.prepare(
      """
      SELECT \(Field.list)
      FROM volume WHERE instance_id IS NOT NULL AND size_gib IS NOT NULL AND \(scope.hasInstance) ORDER BY volume_id
      """)
    while try rows.step() {
      let place = rows.integer(Field.accountRegion)
      volumes[rows.text(Field.instanceId), default: []].append(
        VolumeFacts(
          id: rows.text(Field.volumeId), accountRegion: place,
          terms: VolumeTerms(
            region: places[place]?.region ?? "", type: rows.text(Field.volumeType),
            sizeGiB: Plausible.storageGiB.clamp(rows.integer(Field.sizeGib)),
            iops: Plausible.iops.clamp(rows.integer(Field.iops)),
            throughputMiBps: Plausible.throughputMiBps.clamp(rows.integer(Field.throughputMibps))),
          created: Instant(plausible: rows.optionalInteger(Field.createdAtMs)),
          deleted: Instant(plausible: rows.optionalInteger(Field.deletedAtMs)),
          endsWithInstance: rows.optionalInteger(Field.deleteOnTermination) != 0))
    }
    return volumes
  }
}
