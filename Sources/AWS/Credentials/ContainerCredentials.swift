import Foundation

/// The credentials endpoint of ECS tasks, EKS pod identities and other containers.
///
/// Source: AWS SDKs reference guide, "Container credential provider".
struct ContainerCredentials: CredentialsProvider {
  let context: CredentialsContext

  func load() async throws(AWSError) -> Credentials? {
    let environment = context.environment
    let url: String
    let place: String
    if let path = environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] {
      (url, place) = ("http://169.254.170.2\(path.hasPrefix("/") ? "" : "/")\(path)", "container credentials")
    } else if let full = environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] {
      (url, place) = (full, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    } else {
      return nil
    }
    var request = try request(url, place)
    request.setHeader("Accept", "application/json")
    request.setHeader("Authorization", try authorization())
    let response: HTTPResponse
    do { response = try await context.fetchLocally(request, seconds: 10, attempts: 3) } catch {
      throw AWSError(.credentials, "\(error.message) from \(request.endpoint)", at: place)
    }
    guard response.status == 200, let document = CredentialDocument(json: response.body) else {
      throw AWSError(.credentials, "\(request.endpoint) answered \(response.status) without credentials", at: place)
    }
    return try document.credentials(source: "container credentials")
  }

  private func request(_ url: String, _ place: String) throws(AWSError) -> HTTPRequest {
    let parts = url.split(separator: "?", maxSplits: 1)
    guard let target = Endpoint(String(parts.first ?? "")) else {
      throw AWSError(.configuration, "is no http or https URL", at: place)
    }
    guard target.scheme == .https || target.isLoopback || Self.links.contains(target.host) else {
      throw AWSError(
        .configuration, "\(target.host) is neither this machine nor a metadata address", at: place,
        remedy: "use https")
    }
    let query = parts.dropFirst().first.map { text in
      text.split(separator: "&").map { pair in
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        func decoded(_ side: Substring?) -> String { side.flatMap { String($0).removingPercentEncoding } ?? "" }
        return HTTPRequest.QueryItem(decoded(sides.first), decoded(sides.dropFirst().first))
      }
    }
    return HTTPRequest(.get, target, path: target.basePath.isEmpty ? "/" : "", query: query ?? [])
  }

  /// The file comes before the variable, and is read every time, because pods rotate it.
  private func authorization() throws(AWSError) -> String? {
    let (token, place): (String, String)
    if let file = context.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] {
      place = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
      let text = try context.contents(of: file, namedBy: place)
      token = text.hasSuffix("\n") ? String(text.dropLast()) : text
    } else if let value = context.environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] {
      (token, place) = (value, "AWS_CONTAINER_AUTHORIZATION_TOKEN")
    } else {
      return nil
    }
    guard !token.contains(where: \.isNewline) else {
      throw AWSError(.credentials, "holds a line break", at: place)
    }
    return token
  }

  private static let links: Set<String> = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"]
}
