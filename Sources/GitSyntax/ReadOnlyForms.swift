import ByteStrings

/// Tells the forms of a command that only read: `remote -v`, `branch --list`, `stash show`, `config --get`.
public enum ReadOnlyForms {
    /// Whether the command with these arguments changes nothing, neither here nor on a remote, and starts no program
    /// by its arguments. Configuration can still start some (pagers, filters, external diffs). When in doubt: false.
    public static func isReadOnly(_ command: ByteString, _ arguments: ParsedArguments) -> Bool {
        if let entry = CommandTable.entry(named: command), entry.nature == .readOnly, entry.isHarmlessAlways {
            return true
        }
        return ReadOnlyFormTable.text.lines(command).contains { matches($0.dropFirst(), arguments) }
    }

    /// Whether all conditions of a line hold.
    private static func matches(_ conditions: ArraySlice<ByteString>, _ arguments: ParsedArguments) -> Bool {
        var subcommand: ByteString?
        for condition in conditions {
            if let name = condition.dropping(prefix: "@") {
                subcommand = name
            } else if let count = condition.dropping(prefix: "operands=") {
                guard count == ByteString(String(arguments.operands.count)) else { return false }
            } else if let names = condition.dropping(prefix: "with=") {
                guard list(names).contains(where: { arguments.isOn($0) }) else { return false }
            } else if let names = condition.dropping(prefix: "without=") {
                guard !list(names).contains(where: { arguments.isOn($0) }) else { return false }
            } else if let names = condition.dropping(prefix: "only=") {
                let allowed = list(names)
                guard arguments.options.allSatisfy({ allowed.contains($0.name) }) else { return false }
            } else {
                return false
            }
        }
        return subcommand == arguments.subcommand
    }

    private static func list(_ names: ByteString) -> [ByteString] { names.split(UInt8(ascii: ",")) }
}
