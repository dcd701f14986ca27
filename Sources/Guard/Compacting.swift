import ByteStrings
import CompactOutput
import GitSyntax
import Platform
import PolicyEngine

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

extension Examiner {
    /// Gives the command its compact form where that is wanted and the command has one. Not on a terminal: people read
    /// there, and git pages and colours.
    func compact(_ evaluation: inout Evaluation) {
        let command = evaluation.command
        guard CompactForm.exists(for: command), evaluation.action != .deny, isatty(1) == 0 else { return }
        let workTree = evaluation.place?.workTree
        let wanted = OutputForm.chosen(
            environment, workTree: { workTree }, policyFolder: installation.policyFolder)
        guard wanted == .compact else { return }
        let outcomes = interpretations(of: evaluation.understanding)
        let readings = outcomes.compactMap { try? $0.get() }
        guard readings.count == outcomes.count, let form = CompactForm.of(command, readings) else { return }
        let globals = evaluation.understanding.globals.words.count
        switch evaluation.route {
        case .replace(var program):
            program.insert(form, before: command, behind: globals)
            evaluation.route = form.shortener == .none ? .replace(program) : .wait(program)
        case .wait(var program):
            program.insert(form, before: command, behind: globals)
            evaluation.route = .wait(program)
        case .shell, .die: return
        }
        evaluation.compact = form
    }
}

extension Program {
    /// The options of a compact form: the global ones before the command, the others right behind it.
    fileprivate mutating func insert(_ form: CompactForm, before command: ByteString, behind globals: Int) {
        guard let place = arguments.indices.dropFirst(1 + globals).first(where: { arguments[$0] == command }) else {
            return
        }
        arguments.insert(contentsOf: form.words, at: place + 1)
        arguments.insert(contentsOf: form.globals, at: place)
    }
}
