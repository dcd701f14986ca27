import ArgumentParser
import Auditing
import ByteStrings
import Platform
import Setup

/// `pawl doctor`: the proof of an installation.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Prove that this installation protects.",
        discussion: """
            Looks at the installation, the real git, the policies and the log, starts a git through shells as agents \
            do, and pushes in a scratch repository with a remote of its own: a plain push has to pass, a forced one \
            has to be stopped. Nothing of yours is changed. Exit status 0 if all is well, 1 otherwise.
            """)

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let surroundings = try Surroundings.current()
        let scratch: ByteString
        do {
            scratch = try File.makeTemporaryFolder("pawl-doctor", environment: surroundings.environment)
        } catch {
            throw Failure(ByteString(error.description), remedy: "Set TMPDIR to a folder that can be written.")
        }
        defer { File.removeTree(scratch) }
        let doctor = Doctor(
            surroundings.installation, surroundings.environment, scratch: File.realPath(scratch) ?? scratch)
        let report = DoctorReport(style: Style(surroundings.environment))
        var findings: [Finding] = []
        doctor.examine { finding in
            findings.append(finding)
            if !json { Output.text(report.text(finding)) }
        }
        if json { Output.json(DoctorReport.json(findings)) }
        let problems = findings.count { $0.state == .problem }
        if problems > 0 {
            let message = problems == 1 ? "there is a problem" : "there are \(problems) problems"
            throw Failure(ByteString("\(message), marked above; this installation does not protect as it should"))
        }
    }
}

/// How `pawl doctor` lays out what was found.
struct DoctorReport {
    var style: Style

    func text(_ finding: Finding) -> ByteString {
        let word: ByteString =
            switch finding.state {
            case .ok: style.paint("ok     ", .green)
            case .information: style.paint("info   ", .yellow)
            case .problem: style.paint("PROBLEM", .red)
            }
        var text =
            word + " " + ByteString(finding.subject).padded(to: 17) + " "
            + Output.printable(ByteString(finding.text)) + "\n"
        if let remedy = finding.remedy { text += "                          " + ByteString(remedy) + "\n" }
        if let output = finding.output, !output.isEmpty {
            let lines = output.split(UInt8(ascii: "\n")).map { "    " + Output.printable($0) + "\n" }
            text += lines.joined(separator: "")
        }
        return text
    }

    static func json(_ findings: [Finding]) -> JSON {
        let objects = findings.map { finding -> JSON in
            var members: [JSON.Member] = [
                .init("check", .string(ByteString(finding.subject))),
                .init("state", .string(ByteString(finding.state.rawValue))),
                .init("found", .string(ByteString(finding.text))),
            ]
            if let remedy = finding.remedy { members.append(.init("remedy", .string(ByteString(remedy)))) }
            if let output = finding.output { members.append(.init("output", .string(output))) }
            return .object(members)
        }
        let isWell = !findings.contains { $0.state == .problem }
        return .object([.init("ok", .bool(isWell)), .init("checks", .array(objects))])
    }
}
