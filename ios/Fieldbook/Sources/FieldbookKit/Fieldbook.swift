import FieldbookBindings
import Foundation

/// Fieldbook on one phone: everybody's records, each person's in a replica of their own.
///
/// Make one when the app starts and keep it: one process opens a folder at a time. Every call is `async` and works off the caller's
/// thread, so that all of it may be called from the main actor.
///
/// ```swift
/// let fieldbook = try await Fieldbook.open(folder: folder, platform: platform)
/// let session = if let mine = try await fieldbook.resume() { mine } else {
///     try await fieldbook.signIn(link: link, phoneName: "Mei's phone")
/// }
/// try await session.sync.start()
/// for try await day in session.visits.today() { … }
/// ```
public final class Fieldbook: Sendable {
    private let phone: Phone
    private let calls: Calls
    private let signIns = UnderWay()

    private init(phone: Phone, calls: Calls) {
        self.phone = phone
        self.calls = calls
    }

    /// Opens the records in `folder`: private to the app and in no backup, because a restored copy would be a clone of this phone.
    ///
    /// - Parameter platform: what the phone gives; with a key store the records are encrypted.
    public static func open(folder: URL, platform: Platform) async throws(FieldbookError) -> Fieldbook {
        let calls = Calls()
        let phone = try await calls.disk { try Phone.open(folder: folder.path, platform: platform) }
        return Fieldbook(phone: phone, calls: calls)
    }

    /// Everybody who has records on this phone, the latest sign-in first.
    public func accounts() async throws(FieldbookError) -> [Account] {
        try await calls.disk { [phone] in try phone.accounts() }
    }

    /// The session of the person who is signed in, nil when nobody is. Needs no network.
    ///
    /// - Throws: ``FieldbookError/KeyLost(path:unsent:words:)`` when the key of their records is gone: show it, then the sign-in.
    ///   ``FieldbookError/FileDamaged(words:)``: offer ``recover(_:)``. ``FieldbookError/Update(words:)`` when a newer app wrote the
    ///   records.
    public func resume() async throws(FieldbookError) -> Session? {
        let session = try await calls.disk { [phone] in try phone.resume() }
        return session.map { Session($0, calls) }
    }

    /// What a link or a QR code says, to be shown before it is used.
    public func readLink(_ link: String) async throws(FieldbookError) -> EnrolmentLink {
        try await calls.disk { [phone] in try phone.readLink(link: link) }
    }

    /// Signs a person in. Somebody who was here before gets their own records back with everything unsent; whoever was signed in is
    /// signed out and keeps theirs.
    ///
    /// - Parameters:
    ///   - server: the server's address, for example `https://fieldbook.example`.
    ///   - code: the one-time code, as typed.
    ///   - phoneName: what the person calls this phone.
    /// - Throws: ``FieldbookError/Code(words:)`` when the code is unknown, used or expired;
    ///   ``FieldbookError/Unreachable(words:)`` without a network: the code is good for another try.
    public func signIn(server: String, code: String, phoneName: String) async throws(FieldbookError) -> Session {
        signIns.begin()
        defer { signIns.end() }
        let session = try await calls.network { [phone] cancel in
            try await phone.signIn(server: server, code: code, phoneName: phoneName, cancel: cancel)
        }
        return Session(session, calls)
    }

    /// Signs a person in with a link or a QR code, as ``signIn(server:code:phoneName:)`` with its parts.
    public func signIn(link: String, phoneName: String) async throws(FieldbookError) -> Session {
        let parts = try await readLink(link)
        return try await signIn(server: parts.server, code: parts.code, phoneName: phoneName)
    }

    /// Begins anew beside the damaged records of an account: the file is kept, and what still reads of the unsent work waits under
    /// "needs attention". Sign in again unless ``Recovered/signedIn``.
    public func recover(_ account: AccountId) async throws(FieldbookError) -> Recovered {
        try await calls.disk { [phone] in try phone.recover(account: account) }
    }

    /// As ``Session/rest()``, for an app in which nobody is signed in yet: what opens, recovers or lists records ends, and nothing begins
    /// until ``wake()``. A sign-in under way ends by itself; wait for it inside the background task assertion.
    public func rest() async {
        _ = await calls.rest()
        await signIns.settled()
    }

    /// The app is in front again: what ``rest()`` held back goes on.
    public func wake() {
        calls.wake()
        signIns.giveUp()
    }

    /// Can this build encrypt records?
    public static var canEncrypt: Bool { FieldbookBindings.canEncrypt() }

    /// The version of the library.
    public static var version: String { FieldbookBindings.version() }

    /// Sends the library's log to `sink` from `least` on. Only the first call of a process counts; returns whether it was this one.
    @discardableResult
    public static func log(_ least: LogLevel, to sink: any LogSink) -> Bool {
        FieldbookBindings.startLog(sink: sink, least: least)
    }
}
