import ByteStrings
import GitSyntax
import Testing

@Suite("Refspecs")
struct RefspecTests {
    @Test(arguments: [
        (":", Refspec.Shape.matching, false), ("+:", .matching, true), (":old", .delete("old"), false),
        ("+:old", .delete("old"), true), ("main", .source("main"), false), ("+main", .source("main"), true),
        ("a:b", .update(source: "a", destination: "b"), false), ("+a:b", .update(source: "a", destination: "b"), true),
        // A plus counts only at the start, and the last colon splits.
        ("topic:+plus", .update(source: "topic", destination: "+plus"), false),
        ("HEAD:path:refs/x", .update(source: "HEAD:path", destination: "refs/x"), false),
        ("^refs/heads/x", .exclude("refs/heads/x"), false),
    ])
    func aRefspecIsReadAsPushReadsIt(text: String, shape: Refspec.Shape, isForced: Bool) throws {
        let refspec = try #require(Refspec(push: ByteString(text)))
        #expect(refspec.shape == shape && refspec.isForced == isForced && refspec.text == ByteString(text))
    }

    @Test(arguments: ["", "+", "x:", "+x:", "a*:b", "a:b*", "^", "^a:b"])
    func whatPushRefusesIsNoRefspec(text: String) {
        #expect(Refspec(push: ByteString(text)) == nil)
    }

    @Test func aStarStandsForAnyBytesSlashesIncluded() {
        let pattern = RefPattern("refs/heads/*/end")
        #expect(pattern.match("refs/heads/a/b/end") == "a/b")
        #expect(pattern.match("refs/heads/end") == nil)
        #expect(pattern.filled(with: "x") == "refs/heads/x/end")
        #expect(RefPattern("refs/heads/a").match("refs/heads/a") == "")
    }

    @Test func aShortNameStandsForRefsInGitsOrder() {
        #expect(RefName.candidates(for: "x").prefix(4) == ["x", "refs/x", "refs/tags/x", "refs/heads/x"])
        #expect(RefName.matches("origin", "refs/remotes/origin/HEAD"))
        #expect(!RefName.matches("ain", "refs/heads/main"))
        #expect(RefName.short("refs/tags/v1") == "v1" && RefName.short("refs/notes/x") == "refs/notes/x")
    }
}
