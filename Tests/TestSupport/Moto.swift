/// moto, an imitation of AWS in Python.
package enum Moto {
  /// Runs moto with a world in it.
  ///
  /// - Parameters:
  ///   - world: a program that fills it through botocore's `session`, or clients from `make("batch")`, and puts what a
  ///     test needs into the dictionary `facts`. moto's address is `url`.
  ///   - body: called with `facts` as JSON: the `url`, and what the world put there.
  package static func serve(_ world: String, _ body: (_ facts: String) async throws -> Void) async throws {
    try await Python.serve([beginning, world, end].joined(separator: "\n"), body)
  }

  private static let beginning = """
    import json, logging, os, sys
    os.environ.update(AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b", AWS_DEFAULT_REGION="us-east-1")
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    import botocore.session
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    facts = dict(url=url)
    session = botocore.session.get_session()
    make = lambda name: session.create_client(name, "us-east-1", endpoint_url=url)
    """

  private static let end = """
    print(json.dumps(facts), flush=True)
    sys.stdin.read()
    server.stop()
    """
}
