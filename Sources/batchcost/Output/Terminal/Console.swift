import Base

#if canImport(Glibc)
  import Glibc
#endif

/// Results go to standard output; everything else goes to standard error.
///
/// A failed write ends no command: it finishes its work first, and `status` reports the failure. Text for people has no
/// characters that a terminal would obey; data is written unchanged.
enum Console {
  private static let output = ConsoleStream(STDOUT_FILENO)
  private static let errors = ConsoleStream(STDERR_FILENO)

  /// A result for people.
  static func result(_ text: String) { output.write(text.shown.utf8) }

  /// A result for programs.
  static func data(_ text: String) { output.write(text.utf8) }

  /// A piece of a long result for programs.
  /// - Throws: `OutputEnded` if the rest need not be computed.
  static func data(_ bytes: [UInt8]) throws(OutputEnded) {
    output.write(bytes)
    if output.failure != 0 { throw OutputEnded() }
  }

  static func message(_ text: String) { errors.write((text.shown + "\n").utf8) }

  /// Text with codes that move a terminal's cursor.
  static func draw(_ text: String) { errors.write(text.utf8) }

  /// Whether standard error is a terminal that a person watches.
  static let isInteractive = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb"

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The columns of the terminal on standard output, or the value of `COLUMNS`; nil if there is neither.
  static var width: Int? {
    if let columns = getenv("COLUMNS").flatMap({ Int(String(cString: $0)) }), columns > 0 { return columns }
    var size = winsize()
    guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Call before anything is written: a closed pipe must end no work, and no file may take the descriptor of a closed
  /// stream.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    // Opened in the opposite direction, so that using them still fails.
    for (descriptor, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", flags)
    }
  }

  /// The final exit status: 1 if a result could not be written. A reader that stops early is no failure, nor is a
  /// standard error that was never open.
  static func status(after status: ExitStatus) -> ExitStatus {
    switch output.failure {
    case 0, EPIPE: break
    case let code:
      message("Error: standard output: \(String(cString: strerror(code)))")
      return .failed
    }
    return status == .done && ![0, EPIPE, EBADF].contains(errors.failure) ? .failed : status
  }
}

/// Standard output can no longer be written to.
struct OutputEnded: Error {}
