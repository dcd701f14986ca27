// swift-tools-version: 6.1
import PackageDescription

// The way of a command runs down this list; a target imports only targets above it.
let package = Package(
    name: "pawl",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "git", targets: ["git"]),
        .executable(name: "pawl", targets: ["pawl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "ByteStrings"),
        .target(
            name: "CPlatform",
            linkerSettings: [.linkedLibrary("mbedcrypto", .when(platforms: [.linux])), .linkedLibrary("z")]),
        .target(name: "Platform", dependencies: ["ByteStrings", "CPlatform"]),
        .target(name: "GitConfiguration", dependencies: ["ByteStrings", "Platform"]),
        .target(
            name: "CLibgit2",
            linkerSettings: [
                .linkedLibrary("git2"),
                // What a static libgit2 needs once its network code is left out (networkless.c).
                .linkedLibrary("mbedcrypto", .when(platforms: [.linux])),
                .linkedLibrary("http_parser", .when(platforms: [.linux])),
                .linkedLibrary("pcre2-8", .when(platforms: [.linux])),
                .linkedLibrary("z", .when(platforms: [.linux])),
            ]),
        .target(name: "Libgit2", dependencies: ["ByteStrings", "CLibgit2", "CPlatform", "Platform"]),
        .target(name: "Effects", dependencies: ["ByteStrings"]),
        .target(name: "GitSyntax", dependencies: ["ByteStrings"]),
        .target(
            name: "GitEffects",
            dependencies: ["ByteStrings", "Effects", "GitConfiguration", "GitSyntax", "Libgit2", "Platform"]),
        .target(name: "CompactOutput", dependencies: ["ByteStrings", "GitSyntax"]),
        .target(name: "PolicyEngine", dependencies: ["ByteStrings", "Effects", "GitConfiguration", "Platform"]),
        .target(name: "Auditing", dependencies: ["ByteStrings", "Effects", "Platform"]),
        .target(
            name: "AuditReview", dependencies: ["Auditing", "ByteStrings", "Effects", "Platform", "PolicyEngine"]),
        .target(
            name: "AuditIndex",
            dependencies: [
                "AuditReview", "Auditing", "ByteStrings", "Effects", "Platform",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .target(
            name: "NativeGit", dependencies: ["ByteStrings", "GitConfiguration", "GitSyntax", "Libgit2", "Platform"]),
        .target(name: "Anchoring", dependencies: ["Auditing", "ByteStrings", "Platform", "PolicyEngine"]),
        .target(name: "Recovery", dependencies: ["ByteStrings", "Libgit2", "Platform"]),
        .target(
            name: "Guard",
            dependencies: [
                "Anchoring", "Auditing", "ByteStrings", "CompactOutput", "Effects", "GitEffects", "GitSyntax",
                "Libgit2", "NativeGit",
                "Platform", "PolicyEngine", "Recovery",
            ]),
        .target(
            name: "Setup",
            dependencies: [
                "Auditing", "ByteStrings", "Effects", "GitEffects", "GitSyntax", "Guard", "Platform", "PolicyEngine",
            ]),
        .target(
            name: "AuditReport",
            dependencies: [
                "AuditReview", "Auditing", "ByteStrings", "Effects", "GitSyntax", "Platform",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: ["page.mustache", "page.css", "values.js", "filters.js", "numbers.js", "list.js", "actions.js"]
                .map {
                    .embedInCode("Page/\($0)")
                }),
        .target(
            name: "AuditExport",
            dependencies: ["AuditReview", "Auditing", "ByteStrings", "Effects", "GitSyntax", "Platform"]),
        .executableTarget(name: "git", dependencies: ["Guard"]),
        .executableTarget(
            name: "pawl",
            dependencies: [
                "Anchoring", "AuditExport", "AuditIndex", "AuditReport", "AuditReview", "Auditing", "ByteStrings",
                "Effects", "GitEffects", "GitSyntax", "Guard", "Platform", "PolicyEngine", "Recovery", "Setup",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .testTarget(name: "ByteStringsTests", dependencies: ["ByteStrings"]),
        .testTarget(name: "PlatformTests", dependencies: ["ByteStrings", "Platform"]),
        .testTarget(name: "GitConfigurationTests", dependencies: ["ByteStrings", "GitConfiguration", "Platform"]),
        .testTarget(
            name: "GitEffectsTests",
            dependencies: ["ByteStrings", "Effects", "GitEffects", "GitSyntax", "Libgit2", "Platform"]),
        .testTarget(name: "GuardTests", dependencies: ["ByteStrings", "Guard", "Platform"]),
        .testTarget(name: "CompactOutputTests", dependencies: ["ByteStrings", "CompactOutput", "GitSyntax"]),
        .testTarget(name: "GitSyntaxTests", dependencies: ["GitSyntax"]),
        .testTarget(name: "NativeGitTests", dependencies: ["ByteStrings", "GitSyntax", "NativeGit"]),
        .testTarget(name: "PolicyEngineTests", dependencies: ["PolicyEngine"]),
        .testTarget(name: "AuditingTests", dependencies: ["Auditing", "ByteStrings", "Effects", "Platform"]),
        .testTarget(
            name: "AuditReviewTests", dependencies: ["AuditReview", "Auditing", "ByteStrings", "Effects", "Platform"]),
        .testTarget(
            name: "AuditReportTests",
            dependencies: [
                "AuditReport", "Auditing", "ByteStrings", "Effects", "Platform",
                .product(name: "Mustache", package: "swift-mustache"),
            ]),
        .testTarget(
            name: "AuditExportTests", dependencies: ["AuditExport", "Auditing", "ByteStrings", "Effects", "Platform"]),
        .testTarget(
            name: "AnchoringTests", dependencies: ["Anchoring", "Auditing", "ByteStrings", "Platform", "PolicyEngine"]),
        .testTarget(
            name: "AuditIndexTests",
            dependencies: [
                "AuditIndex", "AuditReview", "Auditing", "ByteStrings", "Effects", "Platform", "PolicyEngine",
            ]),
        .testTarget(name: "RecoveryTests", dependencies: ["ByteStrings", "Platform", "Recovery"]),
        .testTarget(name: "EndToEndTests", dependencies: ["git", "pawl"]),
    ],
    swiftLanguageModes: [.v6]
)
