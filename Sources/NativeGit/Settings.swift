import ByteStrings
import GitConfiguration

/// git's configuration, where the files that a plain call reads are all there is to it.
struct Settings {
    /// In git's order.
    let all: [PlainConfiguration.Setting]

    init(_ request: NativeRequest, _ place: Workplace) throws(Leave) {
        guard let left = request.scopesLeftOut,
            let plain = PlainConfiguration(
                git: request.executable, environment: request.environment, scopesLeftOut: left,
                gitDirectory: place.gitDirectory, commonDirectory: place.common)
        else { throw Leave() }
        all = plain.settings
    }

    /// The last value of a key; nil where it is not set.
    func last(_ key: ByteString) -> ByteString? { all.last { $0.key == key }?.value }

    /// A key as a boolean, among the spellings that the table of settings accepts.
    func boolean(_ key: ByteString, default: Bool) -> Bool {
        guard let entry = all.last(where: { $0.key == key }) else { return `default` }
        guard let value = entry.value else { return true }
        return ["true", "yes", "on", "1"].contains(value.lowercased)
    }
}
