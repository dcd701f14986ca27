import Foundation
import Testing

/// Native operations against the real git, in generated repositories: see `Tests/Native/fuzz.py`. PAWL_TEST_SECONDS and
/// PAWL_TEST_SEED make it longer and other.
@Suite("Native operations")
struct NativeGitTests {
    @Test func theyAreTheRealGitsToTheByte() throws {
        try Scratch.with { scratch in
            var environment = ProcessInfo.processInfo.environment
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
            let run = try scratch.run(
                "/usr/bin/env",
                [
                    "python3", "\(BuiltProducts.packageRoot)/Tests/Native/fuzz.py", "--front",
                    "\(try scratch.frontEndFolder())/git", "--real", BuiltProducts.realGit, "--tmp", scratch.root,
                    "--seconds", environment["PAWL_TEST_SECONDS"] ?? "60", "--seed",
                    environment["PAWL_TEST_SEED"] ?? "1", "--natively", "40",
                    "--lines", "80",
                ], environment: environment, timeout: 3_600)
            print(run.text)
            #expect(run.succeeded, "\(run.text)\(run.errorText)")
            #expect(run.text.contains(" comparisons, "))
        }
    }
}
