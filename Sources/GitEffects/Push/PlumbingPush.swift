import ByteStrings
import Effects
import GitSyntax

/// Reads the command lines of the plumbing that pushes: `git send-pack` and `git http-push` (git-send-pack(1),
/// git-http-push(1)). Both take a place as it is written, look at no `remote.*` settings and run no pre-push hook.
enum PlumbingPush {
    static func sendPack(_ arguments: ParsedArguments, configuration: Configuration) throws(GitRefusal) -> PushRequest {
        guard let place = arguments.operands.first?.value else { throw GitRefusal("no repository is given") }
        var remote = Remote(place: place)
        if let name = arguments.value("remote") {
            // Names the remote-tracking refs, for leases; the place stays as it is written.
            let named = Remote(named: name, configuration: configuration, commonDirectory: nil)
            remote.fetch = named.fetch
        }
        var request = PushRequest(remote: remote)
        request.force = arguments.isOn("force") ? .option("--force") : nil
        request.all = arguments.isOn("all")
        request.readsInput = arguments.isOn("stdin") || arguments.isOn("stateless-rpc")
        // Other than `push --mirror`, this one removes what is not here and yet forces nothing.
        if arguments.isOn("mirror") { request.mirror = .option("--mirror") }
        request.leases = PushRequest.Leases(arguments)
        request.items = try items(arguments.operands.dropFirst().map(\.value))
        if !request.items.isEmpty && (request.all || request.mirror != nil) {
            throw GitRefusal("--all and --mirror take no refspecs")
        }
        return request
    }

    /// The options of `git http-push` (git-http-push(1)). Any other word is taken for the URL or a refspec.
    private static let httpPushOptions: Set<ByteString> = [
        "--all", "--dry-run", "--force", "--helper-status", "--verbose", "-D", "-d", "-h",
    ]

    /// `http-push` has a parser of its own: exact words, options before the first refspec.
    static func httpPush(_ words: [ByteString]) throws(GitRefusal) -> (request: PushRequest, isDryRun: Bool) {
        var options: Set<ByteString> = []
        var operands: [ByteString] = []
        for word in words {
            let isOption = operands.count < 2 && httpPushOptions.contains(word)
            if isOption { options.insert(word) } else { operands.append(word) }
        }
        guard let place = operands.first else { throw GitRefusal("no URL is given") }
        var request = PushRequest(remote: Remote(place: place))
        request.force = options.contains("--force") ? .option("--force") : nil
        request.all = options.contains("--all")
        let refspecs = operands.dropFirst()
        if !options.isDisjoint(with: ["-d", "-D"]) {
            for name in refspecs {
                guard let refspec = Refspec(push: ":" + name) else { throw GitRefusal("invalid branch name") }
                request.items.append(PushRequest.Item(refspec: refspec, origin: .option("--delete")))
            }
        } else {
            request.items = try items(Array(refspecs))
        }
        return (request, options.contains("--dry-run"))
    }

    /// A helper of git's transports, called by hand: it takes its orders from standard input (gitremote-helpers(7)).
    static func remoteHelper(_ words: [ByteString]) -> PushRequest {
        var request = PushRequest(remote: Remote(place: words.last ?? "any remote"))
        request.readsInput = true
        return request
    }

    private static func items(_ words: [ByteString]) throws(GitRefusal) -> [PushRequest.Item] {
        var items: [PushRequest.Item] = []
        for word in words {
            guard let refspec = Refspec(push: word) else { throw GitRefusal("invalid refspec '" + word + "'") }
            items.append(PushRequest.Item(refspec: refspec, origin: .commandLine))
        }
        return items
    }
}
