import ByteStrings
import Effects
import Testing

@testable import Auditing

@Suite struct RecordTests {
    @Test(arguments: Effect.samples)
    func effectsSurvive(_ effect: Effect) throws {
        #expect(try Effect(json: JSON(parsing: effect.json.encoded)) == effect)
    }

    @Test func adviceIsNotKept() throws {
        let effect = Effect(.push, .localRef("a"), safer: "another way")
        #expect(try Effect(json: effect.json).safer == nil)
    }

    @Test func everyFieldSurvives() throws {
        let record = try fullRecord()
        #expect(try Record(json: JSON(parsing: record.json.encoded)) == record)
        let empty = Record(time: Timestamp(milliseconds: 0))
        #expect(try Record(json: JSON(parsing: empty.json.encoded)) == empty)
        #expect(empty.json.encoded == #"{"version":1,"seq":0,"time":"1970-01-01T00:00:00.000Z"}"#)
    }

    @Test func newerFieldsAreTolerated() throws {
        let text: ByteString = """
            {"version":1,"seq":3,"time":"2026-01-31T12:00:00.250Z","weather":{"a":[1.5]},
            "effects":[{"kind":"teleport","name":"x"},{"kind":"push","certainty":"certain","ref":"r","extra":1}]}
            """
        let record = try Record(json: JSON(parsing: text))
        #expect(record.effects == [Effect(.push, .localRef("r"))])
        #expect(record.unknownEffects == [["kind": "teleport", "name": "x"]])
    }

    @Test(arguments: [
        #"[]"#, #"{"version":1,"seq":1}"#, #"{"version":1,"time":"2026-01-31T12:00:00.250Z"}"#,
        #"{"version":1,"seq":1,"time":"2026-01-31T12:00:00.250Z","argv":[1]}"#,
        #"{"version":1,"seq":1,"time":"2026-01-31T12:00:00.250Z","decision":"perhaps"}"#,
        #"{"version":1,"seq":1,"time":"2026-01-31T12:00:00.250Z","parents":{}}"#,
    ])
    func refusesOtherTypes(_ text: String) throws {
        let json = try JSON(parsing: ByteString(text))
        #expect(throws: SchemaError.self) { try Record(json: json) }
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_827_696_789, "2000-02-29T12:34:56.789Z"),
            (1_769_860_800_250, "2026-01-31T12:00:00.250Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func timesAreRFC3339(_ milliseconds: Int64, _ text: String) {
        #expect(Timestamp(milliseconds: milliseconds).text == ByteString(text))
        #expect(Timestamp(ByteString(text))?.milliseconds == milliseconds)
    }

    @Test func timesOutOfRangeAreWrittenAsTheNearest() {
        #expect(Timestamp(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp(milliseconds: .min).text == "0000-01-01T00:00:00.000Z")
        for text in ["2026-02-29T00:00:00.000Z", "2026-13-01T00:00:00.000Z", "2026-01-01T24:00:00.000Z", "x"] {
            #expect(Timestamp(ByteString(text)) == nil)
        }
    }

    @Test func parentsAreNamed() {
        let parents = Ancestry.ofThisProcess()
        #expect(parents.count <= Ancestry.limit)
        #expect(parents.allSatisfy { $0.process > 1 })
    }

    @Test func longWordsAreCutBetweenCharacters() throws {
        var record = Record()
        record.arguments = ["git", ByteString(String(repeating: "a", count: 4095) + "éé"), "end"]
        let bounded = record.bounded()
        #expect(bounded.arguments[1] == ByteString(String(repeating: "a", count: 4095) + "[... 4 more bytes]"))
        #expect(bounded.arguments[2] == "end")
        #expect(bounded.omitted == Record.Omitted(argumentBytes: 4))
    }

    @Test func longCommandLinesAreCut() {
        var record = Record()
        record.arguments = Array(repeating: ByteString(String(repeating: "a", count: 1024)), count: 100)
        let bounded = record.bounded()
        #expect(bounded.arguments.count == 65)
        #expect(bounded.arguments.last == "[... 36 more words, 36864 bytes]")
        #expect(bounded.omitted == Record.Omitted(argumentBytes: 36_864))
    }

    @Test func manyPathsAreCutButCounted() {
        var record = Record()
        record.effects = [Effect(.deleteUntracked, .files(paths: Array(repeating: "x", count: 5000), count: 5000))]
        #expect(
            record.bounded().effects == [
                Effect(.deleteUntracked, .files(paths: Array(repeating: "x", count: 100), count: 5000))
            ])
    }
}
