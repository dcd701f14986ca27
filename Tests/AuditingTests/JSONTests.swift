import ByteStrings
import Testing

@testable import Auditing

@Suite struct JSONTests {
    @Test func writesCanonically() {
        let value: JSON = ["b": [1, -2, nil, true, false, "x"], "a": ["n": .object([]), "e": []]]
        #expect(value.encoded == #"{"b":[1,-2,null,true,false,"x"],"a":{"n":{},"e":[]}}"#)
    }

    @Test func escapes() throws {
        let text = ByteString("\"\\/\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}é😀\u{2028}")
        let encoded = JSON.string(text).encoded
        #expect(encoded == #""\"\\/\b\t\n\f\r\u0000\u001f\u007fé😀"# + ByteString("\u{2028}\""))
        #expect(try JSON(parsing: encoded) == .string(text))
    }

    @Test func bytesThatAreNotUTF8AreLoneSurrogates() throws {
        let text = ByteString([0x61, 0xFF, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xC3, 0xA9])
        #expect(JSON.string(text).encoded == #""a\udcff\udcc3(\udced\udca0\udc80é""#)
        #expect(try JSON(parsing: JSON.string(text).encoded) == .string(text))
    }

    @Test func randomBytesSurvive() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...40)).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let value = JSON.string(ByteString(bytes))
            let encoded = value.encoded
            #expect(String(validating: encoded.bytes, as: UTF8.self) != nil)
            #expect(try JSON(parsing: encoded) == value)
        }
    }

    @Test func readsAllOfJSON() throws {
        let text: ByteString =
            " {\"a\" : [ 1 , 0, -1.5e+3, 99999999999999999999 ], \"\\u00e9\\ud83d\\ude00\": \"\\/\"}\n"
        let expected: JSON = [
            "a": [1, 0, .decimal("-1.5e+3"), .decimal("99999999999999999999")], "é😀": "/",
        ]
        #expect(try JSON(parsing: text) == expected)
        #expect(try JSON(parsing: expected.encoded) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "[", "\"", "tru", "nul", "01", "-", "1.", "1e", ".5", "+1", "[1,]", "{\"a\"}", "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}", "{\"a\":1,\"a\":2}", "1 2", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"",
        "\"\\udc00\"", "\"\\udc7f\"", "\"\n\"", "'a'", "[1 2]", "{\"\\udcff\":1}", "NaN",
    ])
    func refusesWhatIsNotJSON(_ text: String) {
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: ByteString(text)) }
    }

    @Test func refusesInvalidUTF8AndDepth() {
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: ByteString([0x22, 0xFF, 0x22])) }
        let deep = ByteString(String(repeating: "[", count: 100_000))
        #expect(throws: JSON.ParseError.self) { try JSON(parsing: deep) }
        let allowed = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        #expect(throws: Never.self) { try JSON(parsing: ByteString(allowed)) }
    }

    @Test func randomTextNeverTraps() {
        let alphabet = Array("{}[]\",:\\u0dc8trfanle1-.e \u{1}".utf8) + [0xFF, 0xC3, 0xA9]
        for _ in 0..<5000 {
            let bytes = (0..<Int.random(in: 0...30)).map { _ in alphabet.randomElement() ?? 0 }
            if let value = try? JSON(parsing: ByteString(bytes)) {
                #expect((try? JSON(parsing: value.encoded)) == value)
            }
        }
    }
}
