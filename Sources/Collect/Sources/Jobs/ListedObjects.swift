import Store

/// The columns of `listed_object`.
enum ListedObjectColumn: Int32, TableColumns {
  case key, modifiedAtMs

  static let table = "listed_object"
}

extension Table.Layout {
  static let listedObject = Table.Layout(ListedObjectColumn.self, key: [.key, .modifiedAtMs], .keep)
}

/// S3 ListObjectsV2, as `aws s3api list-objects-v2` prints it: when checkpoints were made. Buckets are not
/// distinguished, because the listing does not name them.
extension Page {
  mutating func addObject(_ object: JSONValue) {
    guard let key = object["Key"]?.text, let modified = object["LastModified"].flatMap({ time($0, "LastModified") })
    else {
      findings.add(.missingField, "Key", "is missing, or LastModified is: the object is left out")
      return
    }
    count(.listedObjects)
    begin(.listedObject)
    put(ListedObjectColumn.key, key)
    put(ListedObjectColumn.modifiedAtMs, modified)
  }
}
