import FieldbookKit
import Foundation
import Observation

/// The app: what it shows first, and who works in it.
@Observable @MainActor
public final class AppModel: Room {
    /// Where the app is.
    public enum Stage: Sendable {
        /// The records are being opened.
        case opening
        /// Nobody is signed in.
        case signIn
        /// The records do not open; with a damaged file, whose.
        case stopped(FieldbookError, damaged: Account?)
        /// What was saved of a damaged file.
        case recovered(Recovered)
        /// Somebody works.
        case working(Session)
    }

    /// Where the app is.
    public private(set) var stage = Stage.opening

    /// The language on the screen.
    public var language: Language

    /// A link that opened the app, until the sign-in takes it.
    public var link: String?

    /// What the person may still take back.
    public let undo = Undo()

    public var problem: FieldbookError?

    private let open: @MainActor (AppModel) async throws -> Fieldbook
    private(set) var fieldbook: Fieldbook?

    /// The app over the records that `open` opens.
    public init(language: Language = .preferred, open: @escaping @MainActor (AppModel) async throws -> Fieldbook) {
        self.language = language
        self.open = open
    }

    /// Whose work is on the screen; nil while nobody is signed in.
    public var session: Session? {
        if case .working(let session) = stage { session } else { nil }
    }

    /// What the screens say.
    public var strings: any Strings { language.strings }

    /// How numbers and times read.
    public var formats: Formats { Formats(language) }

    /// Opens the records and goes on where the person was. Needs no network.
    public func begin() async {
        do {
            let fieldbook = try await opened()
            if let session = try await fieldbook.resume() {
                try await session.sync.start()
                stage = .working(session)
            } else {
                stage = .signIn
            }
        } catch {
            await stopped(FieldbookError(error))
        }
    }

    /// Somebody has signed in.
    public func signedIn(_ session: Session) async {
        stage = .working(session)
        await attempt { try await session.sync.start() }
    }

    /// Signs the person out; what they wrote stays on this phone.
    public func signOut() async {
        guard case .working(let session) = stage else { return }
        await undo.doNow()
        if await attempt({ try await session.signOut() }) { stage = .signIn }
    }

    /// Begins anew beside a damaged file.
    public func recover(_ account: Account) async {
        await attempt { stage = .recovered(try await opened().recover(account.id)) }
    }

    /// After what happened was read: the sign-in.
    public func signInAgain() { stage = .signIn }

    /// The app goes to the background: what was decided is done, and nothing is left open at the disk.
    public func rest() async {
        await undo.doNow()
        guard case .working(let session) = stage else { return }
        await attempt { try await session.rest() }
    }

    /// The app is in front again.
    public func wake() async {
        guard case .working(let session) = stage else { return }
        await attempt { try await session.wake() }
    }

    /// Everybody who has records on this phone.
    public func accounts() async -> [Account] {
        (try? await opened().accounts()) ?? []
    }

    func opened() async throws -> Fieldbook {
        if let fieldbook { return fieldbook }
        let opened = try await open(self)
        fieldbook = opened
        return opened
    }

    private func stopped(_ error: FieldbookError) async {
        if case .NotSignedIn = error {
            stage = .signIn
        } else if case .FileDamaged = error {
            stage = .stopped(error, damaged: await accounts().first(where: \.signedIn))
        } else {
            stage = .stopped(error, damaged: nil)
        }
    }
}
