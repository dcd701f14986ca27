import ByteStrings

/// The text of GIT_CONFIG_PARAMETERS is not what git writes there; git then dies with 128.
public struct ConfigParametersError: Error, Hashable, Sendable {
    public init() {}
}

/// GIT_CONFIG_PARAMETERS: how git hands `-c` and `--config-env` on to the processes it starts.
public enum ConfigParameters {
    /// The settings in order, from either encoding: `'key=value'` and `'key'`, or `'key'='value'` and `'key'=`.
    public static func parse(_ text: ByteString) throws(ConfigParametersError) -> [ConfigurationSetting] {
        var settings: [ConfigurationSetting] = []
        var rest = text.bytes[...]
        while !rest.isEmpty {
            guard let key = ShellQuoting.dequote(&rest) else { throw ConfigParametersError() }
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst()
                settings.append(ConfigurationSetting(key: key, source: try value(&rest)))
            } else {
                var setting = ConfigurationSetting(parameter: key)
                setting.key = setting.key.trimmed
                settings.append(setting)
            }
            guard rest.first.map(isSpace) ?? true, settings.last?.key.isEmpty == false else {
                throw ConfigParametersError()
            }
            rest = rest.drop(while: isSpace)
        }
        return settings
    }

    private static func value(
        _ rest: inout ArraySlice<UInt8>
    ) throws(ConfigParametersError) -> ConfigurationSetting.Source {
        guard let next = rest.first, !isSpace(next) else { return .implicitTrue }
        guard let value = ShellQuoting.dequote(&rest) else { throw ConfigParametersError() }
        return .value(value)
    }
}
