import ByteStrings
import Effects

extension Effect {
    /// The effect as the audit log keeps it: everything but `safer`, which is advice for the moment.
    public var json: JSON {
        var object = ObjectBuilder()
        object.add("kind", ByteString(kind.rawValue))
        object.add("certainty", ByteString(certainty.rawValue))
        switch target {
        case .remoteRef(let target):
            object.add("remote", target.remote)
            object.add("url", target.url)
            object.add("ref", target.ref)
            object.add("forcedBy", target.forcedBy?.json)
            object.add("lease", target.lease ? .bool(true) : nil)
        case .localRef(let ref):
            object.add("ref", ref)
        case .files(let paths, let count):
            object.add("paths", .array(paths.map { .string($0) }))
            object.add("count", count)
        case .named(let name):
            object.add("name", name)
        }
        object.add("lost", lost?.json)
        object.add("published", published.map { .bool($0) })
        return object.json
    }

    /// Reads what `json` wrote. The target follows from the fields: `remote` and `ref` make a remote ref, `ref` alone a
    /// local one, `paths` files, `name` the rest.
    public init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "effects")
        let kind = try fields.required("kind", try fields.word("kind", Kind.self))
        let certainty: Certainty
        switch try fields.text("certainty")?.text {
        case Certainty.certain.rawValue: certainty = .certain
        case Certainty.possible.rawValue: certainty = .possible
        default: throw SchemaError(field: "certainty", expected: "one of certain, possible")
        }
        let lost = try fields.value("lost").map { value throws(SchemaError) in try LostCommits(json: value) }
        self.init(
            kind, try Target(fields), certainty: certainty, lost: lost, published: try fields.bool("published"))
    }
}

extension Effect.Target {
    fileprivate init(_ fields: Fields) throws(SchemaError) {
        if let remote = try fields.text("remote") {
            let force = try fields.value("forcedBy").map { value throws(SchemaError) in
                try Effect.Force(json: value)
            }
            self = .remoteRef(
                Effect.RemoteRef(
                    remote: remote, url: try fields.text("url"),
                    ref: try fields.required("ref", try fields.text("ref")), forcedBy: force,
                    lease: try fields.bool("lease") ?? false))
        } else if let ref = try fields.text("ref") {
            self = .localRef(ref)
        } else if fields.value("paths") != nil {
            let paths = try fields.texts("paths")
            self = .files(paths: paths, count: try fields.integer("count") ?? paths.count)
        } else {
            self = .named(try fields.required("name", try fields.text("name")))
        }
    }
}

extension Effect.Force {
    fileprivate var json: JSON {
        switch self {
        case .option(let text): ["option": .string(text)]
        case .refspec(let text): ["refspec": .string(text)]
        case .configuration(let text): ["configuration": .string(text)]
        case .overlay(let text): ["overlay": .string(text)]
        }
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "forcedBy")
        if let text = try fields.text("option") {
            self = .option(text)
        } else if let text = try fields.text("refspec") {
            self = .refspec(text)
        } else if let text = try fields.text("configuration") {
            self = .configuration(text)
        } else if let text = try fields.text("overlay") {
            self = .overlay(text)
        } else {
            throw SchemaError(field: "forcedBy", expected: "one of option, refspec, configuration, overlay")
        }
    }
}

extension Effect.LostCommits {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("count", count)
        object.add(
            "first",
            first.map { ["id": .string($0.id), "subject": .string($0.subject), "author": .string($0.author)] as JSON })
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "lost")
        var first: [Effect.Commit] = []
        for element in try fields.array("first") {
            let commit = try Fields(element, of: "first")
            first.append(
                Effect.Commit(
                    id: try commit.required("id", try commit.text("id")), subject: try commit.text("subject") ?? "",
                    author: try commit.text("author") ?? ""))
        }
        self.init(count: try fields.required("count", try fields.integer("count")), first: first)
    }
}
