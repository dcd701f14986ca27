import ByteStrings

/// This process's command line as bytes: ArgumentParser gets text, in which bytes that are not UTF-8 are lost.
enum Words {
    /// Without the program's name.
    static var ofThisProcess: [ByteString] {
        (1..<max(Int(Swift.CommandLine.argc), 1)).compactMap { index in
            Swift.CommandLine.unsafeArgv[index].map { ByteString(cString: $0) }
        }
    }

    /// What follows the first `--`; ArgumentParser ends its own options there, too.
    static var afterTerminator: [ByteString] {
        let words = ofThisProcess
        guard let index = words.firstIndex(of: "--") else { return [] }
        return Array(words[(index + 1)...])
    }
}
