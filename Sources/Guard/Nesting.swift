import ByteStrings
import Platform

/// Counts how deep git is started inside git, so that a loop ends.
enum Nesting {
    static let variable: ByteString = "PAWL_DEPTH"
    static let limit = 64

    static func depth(_ environment: Environment) -> Int { environment[variable].flatMap { Int($0.text) } ?? 0 }

    static func deeper(_ environment: Environment) -> Environment {
        var environment = environment
        environment[variable] = ByteString(String(depth(environment) + 1))
        return environment
    }
}
