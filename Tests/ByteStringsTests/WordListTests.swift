import ByteStrings
import Testing

@Suite("Lists of words")
struct WordListTests {
    private let list: WordList = "fetch pull pull-request"

    @Test(arguments: ["fetch", "pull", "pull-request"])
    func wordsAreFound(_ word: String) { #expect(list.contains(ByteString(word))) }

    @Test(arguments: ["", " ", "pul", "request", "fetch pull", "pull ", "pull-requests", "push"])
    func nothingElseIs(_ word: String) { #expect(!list.contains(ByteString(word))) }

    @Test func allWordsAreListedInOrder() { #expect(list.words == ["fetch", "pull", "pull-request"]) }

    @Test func aListOfOneAndAnEmptyOne() {
        let (one, none): (WordList, WordList) = ("push", "")
        #expect(one.contains("push") && !one.contains("pus") && !none.contains("") && !none.contains("push"))
    }
}
