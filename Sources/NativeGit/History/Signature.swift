import ByteStrings

/// Who did it and when: `Name <email> seconds zone`.
struct Signature {
    var name: ByteString
    var email: ByteString
    /// Since 1970.
    var seconds: Int
    /// As it is written: `+0200`.
    var zone: ByteString

    /// Fails for what git may read in its own way.
    init(_ line: ByteString) throws(Leave) {
        guard let (head, tail) = line.split(atFirst: UInt8(ascii: "<")),
            let (email, date) = tail.split(atFirst: UInt8(ascii: ">")),
            let name = head.dropping(suffix: " "), name.trimmed == name, email.trimmed == email,
            !email.contains(UInt8(ascii: "<")), !date.contains(UInt8(ascii: ">")),
            let (seconds, zone) = date.dropping(prefix: " ")?.split(atFirst: UInt8(ascii: " ")),
            (1...11).contains(seconds.count), let number = seconds.number, number >= 0, zone.count == 5,
            zone.bytes.first == UInt8(ascii: "+") || zone.bytes.first == UInt8(ascii: "-"),
            let offset = ByteString(zone.bytes.dropFirst()).number, offset <= 1400, offset % 100 < 60
        else { throw Leave() }
        self.name = name
        self.email = email
        self.seconds = number
        self.zone = zone
    }
}
