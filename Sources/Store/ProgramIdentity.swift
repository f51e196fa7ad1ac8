#if canImport(Glibc)
  import Glibc
#endif

/// Tells one build of the program from another: what an older one computed may follow other rules.
package enum ProgramIdentity {
  /// Size and time of the running file; nil where they cannot be told, and then nothing counts as computed.
  package static let current: String? = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    return "\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }()
}
