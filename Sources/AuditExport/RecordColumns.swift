import AuditReview
import Auditing
import ByteStrings
import Effects
import GitSyntax

/// The version of the two tables below. A column may be added within a version, behind those that are there; one is
/// renamed, removed or given another meaning only with a new version.
public enum TableVersion { public static let current = 1 }

extension Record {
    /// One row for each record; `docs/audit-rows.schema.json` describes it.
    static let columns: [TableColumn<Record>] = [
        .integer("schema_version") { _ in TableVersion.current },
        .integer("seq") { $0.sequence },
        .string("time") { $0.time.text },
        .string("notice") { $0.notice },
        .string("session") { $0.session },
        .string("agent") { $0.agent },
        .integer("pid") { $0.process },
        .string("called_by") { $0.parents.first?.executable },
        .string("directory") { $0.directory },
        .string("repository") { $0.repository },
        .string("remote") { $0.remote },
        .string("command") { $0.command },
        .string("command_line") { $0.notice == nil ? ShellQuoting.quote($0.calledWords) : nil },
        .string("alias_of") { $0.expansion.isEmpty ? nil : ShellQuoting.quote($0.expansion) },
        .words("effects") { $0.kinds },
        .integer("effect_count") { $0.effects.count + $0.unknownEffects.count + ($0.omitted?.effects ?? 0) },
        .integer("commits_at_stake") { record in record.effects.compactMap { $0.lost?.count }.max() },
        .string("decision") { ($0.decision?.rawValue).map { ByteString($0) } },
        .string("rule") { $0.rule },
        .string("stopped") { $0.stopped },
        .string("policy") { $0.policy?.name },
        .string("policy_layer") { $0.policy?.layer },
        .string("policy_file") { $0.policy?.file },
        .integer("policy_line") { $0.policy?.line },
        .string("policy_digest") { $0.policy?.digest },
        .string("ran") { ($0.ran?.rawValue).map { ByteString($0) } },
        .integer("exit") { $0.exit },
        .integer("signal") { $0.signal },
        .boolean("failed") { $0.hasFailed },
        .integer("duration_ms") { $0.milliseconds },
        .string("head_before") { $0.head?.before },
        .string("head_after") { $0.head?.after },
        .integer("refs_moved_count") { $0.movedRefs.count + ($0.omitted?.refs ?? 0) },
        .words("refs_moved") { $0.movedRefs.map(\.ref) },
        .string("snapshot") { $0.snapshot },
        .boolean("is_complete") { $0.omitted == nil },
        .string("previous") { $0.previous },
        .string("hash") { $0.hash },
        .string("undone_snapshot") { $0.undo?.snapshot },
        .integer("restored_file_count") { $0.undo.map { $0.files?.count ?? 0 } },
    ]

    /// Each kind of effect once, in the order of the record.
    private var kinds: [ByteString] {
        var seen: Set<Effect.Kind> = []
        return effects.compactMap { seen.insert($0.kind).inserted ? ByteString($0.kind.rawValue) : nil }
    }
}

/// One effect with the record that it belongs to.
struct RecordedEffect {
    var record: Record
    var effect: Effect
    /// From 1.
    var number: Int

    private static func reference(_ effect: Effect) -> Effect.RemoteRef? {
        if case .remoteRef(let target) = effect.target { target } else { nil }
    }

    /// One row for each effect; `docs/audit-effects.schema.json` describes it.
    static let columns: [TableColumn<RecordedEffect>] = [
        .integer("schema_version") { _ in TableVersion.current },
        .integer("seq") { $0.record.sequence },
        .integer("effect_number") { $0.number },
        .string("time") { $0.record.time.text },
        .string("session") { $0.record.session },
        .string("agent") { $0.record.agent },
        .string("repository") { $0.record.repository },
        .string("command") { $0.record.command },
        .string("decision") { ($0.record.decision?.rawValue).map { ByteString($0) } },
        .string("rule") { $0.record.rule },
        .string("kind") { ByteString($0.effect.kind.rawValue) },
        .string("certainty") { ByteString($0.effect.certainty.rawValue) },
        .string("remote") { reference($0.effect)?.remote },
        .string("url") { reference($0.effect)?.url },
        .string("ref") {
            switch $0.effect.target {
            case .remoteRef(let target): target.ref
            case .localRef(let ref): ref
            case .files, .named: nil
            }
        },
        .string("name") { if case .named(let name) = $0.effect.target { name } else { nil } },
        .integer("path_count") { if case .files(_, let count) = $0.effect.target { count } else { nil } },
        .string("first_path") { if case .files(let paths, _) = $0.effect.target { paths.first } else { nil } },
        .string("forced_by") { reference($0.effect)?.forcedBy.map { $0.source.kind } },
        .string("forced_by_text") { reference($0.effect)?.forcedBy.map { $0.source.text } },
        .boolean("lease") { reference($0.effect)?.lease },
        .boolean("published") { $0.effect.published },
        .integer("commits_at_stake") { $0.effect.lost?.count },
        .words("commits") { $0.effect.lost?.first.map(\.id) ?? [] },
    ]
}

extension Effect.Force {
    fileprivate var source: (kind: ByteString, text: ByteString) {
        switch self {
        case .option(let text): ("option", text)
        case .refspec(let text): ("refspec", text)
        case .configuration(let text): ("configuration", text)
        case .overlay(let text): ("overlay", text)
        }
    }
}
