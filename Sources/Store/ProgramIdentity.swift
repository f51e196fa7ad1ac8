#if canImport(Glibc)
  import Glibc
#endif

/// Distinguishes one build of the program from another: an older one may have computed by other rules.
package enum ProgramIdentity {
  /// Size and time of the running file; nil if unknown, in which case nothing counts as computed.
  package static let current: String? = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return nil }
    return "\(status.st_size)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
  }()
}
