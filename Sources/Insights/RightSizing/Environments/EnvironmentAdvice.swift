import Store

enum EnvironmentAdvice {
  static func write(_ connection: Connection) throws {}
}
