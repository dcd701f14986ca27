import ByteStrings
import Guard
import Platform
import PolicyEngine

/// What stands in each layer at one place, the broken ones included: for looking, never for deciding.
public struct LayerSurvey: Sendable {
    public enum State: Sendable {
        /// Nothing is set up there.
        case absent
        case policy(Policy)
        case broken(PolicyError)
    }

    public struct Entry: Sendable {
        public var layer: Layer
        /// The file of the layer, or the name that the session was given; nil where there can be none.
        public var place: ByteString?
        public var state: State
    }

    /// One for each layer, the built-in one only where it holds.
    public var entries: [Entry]

    /// Looks at the layers for commands in the working directory.
    public init(_ installation: Installation, _ environment: Environment) {
        let home = environment["HOME"]
        func read(_ layer: Layer, _ file: ByteString?) -> Entry {
            guard let file, File.linkStatus(file) != nil else {
                return Entry(layer: layer, place: file, state: .absent)
            }
            do {
                return Entry(layer: layer, place: file, state: .policy(try Policy.load(file: file, home: home)))
            } catch {
                return Entry(layer: layer, place: file, state: .broken(error))
            }
        }
        let system = read(.system, PolicyStack.systemFile)
        let user = read(.user, PolicyStack.userFile(environment))
        entries = [system, user]
        if system.isSilent && user.isSilent {
            do {
                let policy = try Policy.builtInDefault()
                entries.insert(Entry(layer: .builtIn, place: "built-in:default", state: .policy(policy)), at: 0)
            } catch {
                entries.insert(Entry(layer: .builtIn, place: "built-in:default", state: .broken(error)), at: 0)
            }
        }
        let workTree = GitDirectory.here(environment)?.workTree
        entries.append(read(.repository, workTree.map(PolicyStack.repositoryFile)))
        entries.append(Self.session(installation, environment))
    }

    private static func session(_ installation: Installation, _ environment: Environment) -> Entry {
        guard let name = environment["PAWL_POLICY"], !name.isEmpty else {
            return Entry(layer: .session, place: nil, state: .absent)
        }
        do {
            let policy = try Policy.named(name, policyFolder: installation.policyFolder, home: environment["HOME"])
            return Entry(layer: .session, place: name, state: .policy(policy))
        } catch {
            return Entry(layer: .session, place: name, state: .broken(error))
        }
    }

    /// The policies that can be read, as they decide together.
    public var stack: PolicyStack {
        PolicyStack(
            layers: entries.compactMap { entry in
                if case .policy(let policy) = entry.state { return LayeredPolicy(layer: entry.layer, policy: policy) }
                return nil
            })
    }

    /// The first layer that cannot be read: until it is mended, only commands without effects run.
    public var firstError: PolicyError? {
        entries.lazy.compactMap { entry in
            if case .broken(let error) = entry.state { return error }
            return nil
        }.first
    }
}

extension LayerSurvey.Entry {
    /// Whether it says nothing about commands.
    fileprivate var isSilent: Bool {
        switch state {
        case .absent: true
        case .policy(let policy): policy.isOfLogAlone
        case .broken: false
        }
    }

    public var isPresent: Bool {
        if case .absent = state { return false }
        return true
    }
}
