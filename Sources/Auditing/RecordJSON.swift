import ByteStrings
import Effects

extension Record {
    /// The record as JSON, in the order of the log: `version` and `seq` first, `previous` and `hash` last.
    public var json: JSON {
        var object = unsealed
        object.add("hash", hash)
        return object.json
    }

    /// All fields but the hash.
    var unsealed: ObjectBuilder {
        var object = ObjectBuilder()
        object.add("version", version)
        object.add("seq", sequence)
        object.add("time", time.text)
        object.add("notice", notice)
        object.add("dropped", dropped.map(\.json))
        object.add("session", session)
        object.add("agent", agent)
        object.add("pid", process)
        object.add("parents", parents.map(\.json))
        object.add("cwd", directory)
        object.add("repository", repository)
        object.add("remote", remote)
        object.add("argv", arguments)
        object.add("command", command)
        object.add("expansion", expansion)
        object.add("effects", effects.map(\.json) + unknownEffects)
        object.add("decision", (decision?.rawValue).map { ByteString($0) })
        object.add("rule", rule)
        object.add("policy", policy?.json)
        object.add("stopped", stopped)
        object.add("ran", (ran?.rawValue).map { ByteString($0) })
        // Spelt out for every command, so that "not known" can be told from a reader's mistake.
        object.add("exit", exit.map { .integer($0) } ?? (ran == nil ? nil : .null))
        object.add("signal", signal)
        object.add("ms", milliseconds)
        object.add("head", head?.json)
        object.add("refs", movedRefs.map(\.json))
        object.add("snapshot", snapshot)
        object.add("undo", undo?.json)
        object.add("omitted", omitted?.json)
        object.add("previous", previous)
        return object
    }

    /// Reads a record; unknown fields are passed over, unknown effects kept in `unknownEffects`.
    public init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "record")
        guard let time = try fields.text("time").flatMap({ Timestamp($0) }) else {
            throw SchemaError(field: "time", expected: "a time like 2026-01-31T12:00:00.000Z")
        }
        self.init(time: time)
        version = try fields.required("version", try fields.integer("version"))
        sequence = try fields.required("seq", try fields.integer("seq"))
        notice = try fields.text("notice")
        dropped = try fields.array("dropped").map { element throws(SchemaError) in try DroppedFile(json: element) }
        session = try fields.text("session")
        agent = try fields.text("agent")
        process = try fields.integer("pid")
        parents = try fields.array("parents").map { element throws(SchemaError) in try ParentProcess(json: element) }
        directory = try fields.text("cwd")
        repository = try fields.text("repository")
        remote = try fields.text("remote")
        arguments = try fields.texts("argv")
        command = try fields.text("command")
        expansion = try fields.texts("expansion")
        for element in try fields.array("effects") {
            if let effect = try? Effect(json: element) {
                effects.append(effect)
            } else {
                unknownEffects.append(element)
            }
        }
        decision = try fields.word("decision", Decision.self)
        rule = try fields.text("rule")
        policy = try fields.value("policy").map { value throws(SchemaError) in try PolicySource(json: value) }
        stopped = try fields.text("stopped")
        ran = try fields.word("ran", Execution.self)
        exit = try fields.integer("exit")
        signal = try fields.integer("signal")
        milliseconds = try fields.integer("ms")
        head = try fields.value("head").map { value throws(SchemaError) in try Head(json: value) }
        movedRefs = try fields.array("refs").map { element throws(SchemaError) in try MovedRef(json: element) }
        snapshot = try fields.text("snapshot")
        undo = try fields.value("undo").map { value throws(SchemaError) in try Undo(json: value) }
        omitted = try fields.value("omitted").map { value throws(SchemaError) in try Omitted(json: value) }
        previous = try fields.text("previous")
        hash = try fields.text("hash")
    }
}

extension Record.ParentProcess {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("pid", process)
        object.add("executable", executable)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "parents")
        self.init(
            process: try fields.required("pid", try fields.integer("pid")), executable: try fields.text("executable"))
    }
}

extension Record.PolicySource {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("name", name)
        object.add("digest", digest)
        object.add("layer", layer)
        object.add("file", file)
        object.add("line", line)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "policy")
        self.init(
            name: try fields.required("name", try fields.text("name")), digest: try fields.text("digest"),
            layer: try fields.text("layer"), file: try fields.text("file"), line: try fields.integer("line"))
    }
}

extension Record.Head {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("before", before)
        object.add("after", after)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "head")
        self.init(before: try fields.text("before"), after: try fields.text("after"))
    }
}

extension Record.MovedRef {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("ref", ref)
        object.add("old", old)
        object.add("new", new)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "refs")
        self.init(
            ref: try fields.required("ref", try fields.text("ref")), old: try fields.text("old"),
            new: try fields.text("new"))
    }
}

extension Record.Undo {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("snapshot", snapshot)
        // As with `lease`: true or left out.
        object.add("partial", isPartial ? .bool(true) : nil)
        object.add("head", movedHead ? .bool(true) : nil)
        object.add("index", restoredIndex ? .bool(true) : nil)
        object.add("files", files?.json)
        object.add("left", left?.json)
        object.add("remoteRefs", remoteRefs.map(\.json))
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "undo")
        self.init(snapshot: try fields.text("snapshot"))
        isPartial = try fields.bool("partial") ?? false
        movedHead = try fields.bool("head") ?? false
        restoredIndex = try fields.bool("index") ?? false
        files = try fields.value("files").map { value throws(SchemaError) in try Files(json: value) }
        left = try fields.value("left").map { value throws(SchemaError) in try Files(json: value) }
        remoteRefs = try fields.array("remoteRefs").map { element throws(SchemaError) in
            try Record.MovedRef(json: element)
        }
    }
}

extension Record.Undo.Files {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("paths", paths)
        object.add("count", count)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "files")
        self.init(
            paths: try fields.texts("paths"), count: try fields.required("count", try fields.integer("count")))
    }
}

extension Record.DroppedFile {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("file", name)
        object.add("last", last)
        object.add("hash", hash)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "dropped")
        self.init(
            name: try fields.required("file", try fields.text("file")),
            last: try fields.required("last", try fields.integer("last")),
            hash: try fields.required("hash", try fields.text("hash")))
    }
}

extension Record.Omitted {
    fileprivate var json: JSON {
        var object = ObjectBuilder()
        object.add("argv", argumentBytes == 0 ? nil : argumentBytes)
        object.add("effects", effects == 0 ? nil : effects)
        object.add("refs", refs == 0 ? nil : refs)
        return object.json
    }

    fileprivate init(json: JSON) throws(SchemaError) {
        let fields = try Fields(json, of: "omitted")
        self.init(
            argumentBytes: try fields.integer("argv") ?? 0, effects: try fields.integer("effects") ?? 0,
            refs: try fields.integer("refs") ?? 0)
    }
}
