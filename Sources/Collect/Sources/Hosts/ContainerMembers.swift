/// The members of a container that give its image, what it reserves and how it ended, found in one pass.
struct ContainerMembers {
  var image, containerInstance, task, logStream, reason: JSONText?
  var exitCode: Int64?
  var requirements, vcpus, memory: JSONValue?
  var runtimePlatform, ephemeralStorage, fargate, command, environment, devices: JSONValue?
  var logs, volumes, network: JSONValue?

  init(_ container: JSONValue, _ path: StaticString, _ page: inout Page) {
    guard let container = page.object(container, "\(path)") else { return }
    for (key, value) in container.members {
      switch key {
      case "image": image = page.text(value, "\(path).image")
      case "containerInstanceArn": containerInstance = page.text(value, "\(path).containerInstanceArn")
      case "taskArn": task = page.text(value, "\(path).taskArn")
      case "logStreamName": logStream = page.text(value, "\(path).logStreamName")
      case "reason": reason = page.text(value, "\(path).reason")
      case "exitCode": exitCode = value.integer
      case "resourceRequirements": requirements = value
      case "vcpus": vcpus = value
      case "memory": memory = value
      case "runtimePlatform": runtimePlatform = value
      case "ephemeralStorage": ephemeralStorage = value
      case "command": command = value
      case "environment": environment = value
      case "fargatePlatformConfiguration": fargate = value
      case "logConfiguration": logs = value
      case "volumes": volumes = value
      case "networkConfiguration": network = value
      case "linuxParameters": devices = value["devices"]
      default: break
      }
    }
  }
}
