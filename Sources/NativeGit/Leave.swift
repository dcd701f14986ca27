/// Why a command is left to the real git: something here is not, for certain, as the native operation needs it.
/// Never shown to anybody; the real git then says and does everything.
struct Leave: Error {
    init() {}
}
