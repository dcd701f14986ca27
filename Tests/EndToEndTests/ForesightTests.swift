import Foundation
import Testing

/// Generated command lines in generated repositories: what the front end foresees against what git then does. See
/// `Tests/Foresight/fuzz.py`; PAWL_TEST_CASES and PAWL_TEST_SEED make it longer and other.
@Suite("Foresight")
struct ForesightTests {
    @Test func nothingIsLostThatWasNotForeseen() throws {
        try Scratch.with { scratch in
            var environment = ProcessInfo.processInfo.environment
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
            let run = try scratch.run(
                "/usr/bin/env",
                [
                    "python3", "\(BuiltProducts.packageRoot)/Tests/Foresight/fuzz.py", "--front",
                    try scratch.frontEndFolder(), "--real", BuiltProducts.realGit, "--tmp", scratch.root,
                    "--cases", environment["PAWL_TEST_CASES"] ?? "300", "--seed", environment["PAWL_TEST_SEED"] ?? "1",
                ], environment: environment, timeout: 3_600)
            print(run.text)
            #expect(run.succeeded, "\(run.text)\(run.errorText)")
            #expect(run.text.contains("command lines, "))
        }
    }
}
