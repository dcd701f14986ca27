import Auditing
import ByteStrings
import Effects
import Platform
import Testing

@testable import AuditExport

@Suite("Exports")
struct ExportTests {
    @Test("CSV quotes by RFC 4180, tells null from empty, and leaves no cell that a spreadsheet calculates")
    func csv() {
        let cells: [(Cell, ByteString)] = [
            (.null, ""), (.integer(-3), "-3"), (.bool(true), "true"), (.text(""), "\"\""), (.text("plain"), "plain"),
            (.text("a,b"), "\"a,b\""), (.text("say \"x\""), "\"say \"\"x\"\"\""), (.text("a\nb"), "\"a\nb\""),
            (.text("=1+1"), "'=1+1"), (.text("+a:b"), "'+a:b"), (.text("-x"), "'-x"), (.text("@SUM(A1)"), "'@SUM(A1)"),
            (.text("\t=1"), "'\t=1"), (.text("\r=1"), "\"'\r=1\""), (.text("'quoted"), "''quoted"),
            (.text("a\u{1b}\u{0}"), "a\\x1b\\x00"), (.text(ByteString([0x61, 0xFF])), "a\\xff"), (.text("é"), "é"),
            (.text("=a,\"b\""), "\"'=a,\"\"b\"\"\""),
        ]
        for (cell, text) in cells { #expect(CSV.row([cell]) == text + "\r\n") }
        #expect(CSV.row([.null, .text("a"), .null]) == ",a,\r\n")
    }

    @Test("A table's text is Unicode, whatever bytes it came from")
    func plainText() {
        let cases: [([UInt8], ByteString)] = [
            ([0x61, 0xFF, 0xC3, 0xA9, 0xC3], "a\\xffé\\xc3"), ([0xED, 0xB3, 0xBF], "\\xed\\xb3\\xbf"), ([], ""),
            ([0xF0, 0x9F, 0x92], "\\xf0\\x9f\\x92"), ([0x5C, 0x78], "\\x"), ([0xC0, 0x80], "\\xc0\\x80"),
        ]
        for (bytes, text) in cases { #expect(ByteString(bytes).plainText(escapingControls: false) == text) }
        #expect(ByteString("a\u{1}\t").plainText(escapingControls: false) == "a\u{1}\t")
        #expect(ByteString("a\u{1}\t").plainText(escapingControls: true) == "a\\x01\t")
    }

    @Test(
        "The schema files name the tables' columns, in their order, with their types", arguments: ["rows", "effects"])
    func schemas(name: String) throws {
        let file = Path.join(packageFolder, ByteString("docs/audit-\(name).schema.json"))
        let schema = try JSON(parsing: try File.read(file))
        let columns =
            name == "rows"
            ? Record.columns.map { ($0.name, $0.kind.rawValue) }
            : RecordedEffect.columns.map { ($0.name, $0.kind.rawValue) }
        guard case .object(let properties) = try #require(schema["properties"]) else {
            Issue.record("no properties")
            return
        }
        #expect(properties.map(\.name) == columns.map(\.0))
        #expect(schema["required"]?.array?.compactMap(\.string?.text) == columns.map(\.0))
        for (property, column) in zip(properties, columns) {
            let type = property.value["type"]
            let types = type?.array?.compactMap(\.string?.text) ?? [type?.string?.text].compactMap { $0 }
            let isWords = property.value["enum"] != nil && column.1 == "string"
            #expect(types.contains(column.1) || types.isEmpty && isWords, "\(column.0)")
        }
        #expect(properties.first?.value["const"]?.integer == TableVersion.current)
        #expect(schema["$id"]?.string?.text == "urn:pawl:audit-\(name):\(TableVersion.current)")
    }

    @Test("The record's schema names every field that a record can have, and so do the samples of these tests")
    func recordSchema() throws {
        let schema = try JSON(parsing: try File.read(Path.join(packageFolder, "docs/audit-record.schema.json")))
        guard case .object(let properties)? = schema["properties"],
            case .object(let members) = tellingRecord().json
        else {
            Issue.record("no objects")
            return
        }
        #expect(properties.map(\.name) == members.map(\.name))
        for field in Mirror(reflecting: tellingRecord()).children where field.label != "unknownEffects" {
            let isMissing = "\(field.value)" == "nil" || "\(field.value)" == "[]"
            #expect(!isMissing, "a new field, \(field.label ?? ""): the sample, the schemas, Disguise have to know it")
        }
        #expect(schema["$id"]?.string?.text == "urn:pawl:audit-record:\(Record.currentVersion)")
    }

    @Test("An export has every column in every row, also where all is missing")
    func rows() throws {
        for rows in Export.Rows.allCases {
            var export = Export(.ndjson, rows: rows)
            var lines: [ByteString] = []
            for record in [tellingRecord(), Record(time: Timestamp(milliseconds: 0))] {
                lines += export.text(of: record).split(UInt8(ascii: "\n")).filter { !$0.isEmpty }
            }
            #expect(lines.count == (rows == .records ? 2 : tellingRecord().effects.count))
            let names = rows == .records ? Record.columns.map(\.name) : RecordedEffect.columns.map(\.name)
            for line in lines {
                guard case .object(let members) = try JSON(parsing: line) else {
                    Issue.record("no object: \(line)")
                    continue
                }
                #expect(members.map(\.name) == names)
            }
            #expect(export.opening.isEmpty && export.closing.isEmpty)
            let csv = Export(.csv, rows: rows)
            #expect(csv.opening.text == names.joined(separator: ",") + "\r\n")
        }
    }

    @Test("JSON is one array, also of nothing")
    func json() throws {
        var export = Export(.json)
        #expect(try JSON(parsing: export.opening + export.closing).array == [])
        var text = export.opening
        for _ in 0..<3 { text += export.text(of: tellingRecord()) }
        let records = try #require(try JSON(parsing: text + export.closing).array)
        #expect(try records.map { try Record(json: $0) } == [tellingRecord(), tellingRecord(), tellingRecord()])
    }
}
