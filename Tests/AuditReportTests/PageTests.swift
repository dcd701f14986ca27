import Auditing
import ByteStrings
import Effects
import Foundation
import Mustache
import Platform
import Testing

@testable import AuditReport

@Suite("The report's page")
struct PageTests {
    private static let template = String(decoding: PackageResources.page_mustache, as: UTF8.self)

    @Test("What a template prints is escaped scalar by scalar, also under combining marks")
    func escaping() throws {
        for text in ["\"\u{301}", "'\u{fe0f}", "<\u{338}", ">\u{338}", "&\u{301}", "`\u{200d}", "\"\r\n"] {
            let escaped = SafeHTML().escapeText(text)
            #expect(!escaped.unicodeScalars.contains { "\"'<>`".unicodeScalars.contains($0) }, "\(text)")
            #expect(escaped.unicodeScalars.first == "&")
            #expect(escaped.unicodeScalars.last == text.unicodeScalars.last)
        }
        _ = try AuditReport(AuditReport.Heading(version: "1")).html()
        let used = try MustacheTemplate(
            string: "{{% CONTENT_TYPE:\(SafeHTML.name)}}{{#list}}<p title=\"{{.}}\">{{/list}}")
        #expect(used.render(["list": ["\"\u{301}"]]) == "<p title=\"&quot;\u{301}\">")
    }

    @Test("The template names its escaping first, has no partials, and prints as it is only what is written here")
    func template() {
        #expect(Self.template.hasPrefix("{{% CONTENT_TYPE:\(SafeHTML.name)}}"))
        #expect(!Self.template.contains("{{>") && !Self.template.contains("{{&") && !Self.template.contains("{{<"))
        let raw = Self.template.components(separatedBy: "{{{").dropFirst().map { String($0.prefix { $0 != "}" }) }
        #expect(raw == ["style", "data", "script"])
        // An attribute's value without quotation marks could be left with a blank.
        #expect(!Self.template.contains("={{"))
    }

    @Test("The page's policy names exactly its own script and style, and allows nothing else")
    func policy() throws {
        let page = try AuditReport(AuditReport.Heading(version: "1")).html().text
        let policy = try #require(page.components(separatedBy: "content=\"default-src 'none'; ").dropFirst().first)
        for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
            let parts = page.components(separatedBy: "<\(name)>")
            #expect(parts.count == 2)
            let content = try #require(parts.last?.components(separatedBy: "</\(name)>").first)
            let digest = Data(Digest.sha256Bytes(ByteString(content))).base64EncodedString()
            #expect(policy.contains("\(directive) &#39;sha256-\(digest)&#39;") || policy.contains("'sha256-\(digest)'"))
        }
        for name in ["page.css", "page.mustache", "values.js", "filters.js", "numbers.js", "list.js", "actions.js"] {
            let text = try File.read(
                Path.join(
                    Path.parent(Path.parent(Path.parent(ByteString(#filePath)))),
                    "Sources/AuditReport/Page/" + ByteString(name))
            ).text
            #expect(
                !text.contains("http:") && !text.contains("https:") && !text.contains("url(")
                    && !text.contains("innerHTML"), "\(name)")
        }
    }

    @Test("The data ends no script element and gives all values back")
    func data() throws {
        var report = AuditReport(AuditReport.Heading(version: "1", written: Timestamp(milliseconds: 0)))
        var record = Record(time: Timestamp(milliseconds: 1_770_000_000_123))
        record.sequence = 7
        let text = ByteString(Array("</script><!--<script>&\u{2028}".utf8) + [0xFF, 0x00, 0x0A])
        record.agent = text
        record.arguments = ["git", text]
        record.effects = [Effect(.forcePush, .named(text))]
        record.decision = .deny
        report.add(record)
        let page = try report.html().text
        let start = try #require(page.components(separatedBy: #"id="data">"#).dropFirst().first)
        let data = try #require(start.components(separatedBy: "</script>").first)
        #expect(!data.contains("<") && !data.contains(">") && !data.contains("&"))
        let json = try JSON(parsing: ByteString(data))
        let columns = try #require(json["columns"]?.array).map { $0.string?.text ?? "" }
        #expect(columns == Column.allCases.map(\.rawValue))
        let row = try #require(json["rows"]?.array?.first?.array).map { $0.integer ?? 0 }
        #expect(row.count == columns.count)
        #expect(row[0] == 7)
        let place = row[try #require(columns.firstIndex(of: "agent"))]
        #expect(json["values"]?.array?[place].string == text)
        #expect(json["effects"]?.array?.count == Effect.Kind.allCases.count)
    }

    @Test("What hides or turns text around is shown")
    func visible() {
        let cases: [(ByteString, String)] = [
            ("plain é 漢 👩\u{200d}💻", "plain é 漢 👩\u{200d}💻"), (ByteString([0xFF, 0x41, 0xC3]), #"\xffA\xc3"#),
            ("a\u{0}\n\u{1b}[m\u{7f}\u{9b}", #"a\x00\x0a\x1b[m\x7f\x9b"#), ("x\u{202e}y\u{ad}", #"x\u{202e}y\u{ad}"#),
            ("\u{2028}\u{feff}", #"\u{2028}\u{feff}"#), ("", ""),
        ]
        for (text, shown) in cases { #expect(text.visible == shown) }
    }

    @Test("An empty log and one with nothing but a notice make pages that say so")
    func empty() throws {
        #expect(try AuditReport(AuditReport.Heading(version: "1")).html().contains("Nothing is on record."))
        var report = AuditReport(AuditReport.Heading(version: "1"))
        var notice = Record()
        notice.notice = "torn tail"
        report.add(notice)
        report.note("One & only")
        let page = try report.html()
        #expect(page.contains("No command is on record."))
        #expect(page.contains("One &amp; only"))
    }
}
