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
        /// Somebody has just signed in; their customers arrive.
        case arrival(Workplace)
        /// Somebody works.
        case working(Workplace)
    }

    /// Where the app is.
    public private(set) var stage = Stage.opening

    /// The language on the screen.
    public var language: Language

    /// A link that opened the app, until the sign-in takes it.
    public private(set) var link: String?

    /// Whose workplace the sign-in was opened from: they can go back to it and go on writing.
    public private(set) var back: Workplace?

    /// What the person may still take back.
    public let undo: Undo

    /// What was typed and is no record yet.
    public let drafts: any Drafts

    public var problem: FieldbookError?

    private let open: @MainActor (AppModel) async throws -> Fieldbook
    private var opening: Task<Fieldbook, any Error>?
    private var beginning: Task<Void, Never>?
    private var isResting = false

    /// The app over the records that `open` opens.
    public init(
        language: Language = .preferred, drafts: any Drafts = FileDrafts(folder: nil), undo: Undo = Undo(),
        open: @escaping @MainActor (AppModel) async throws -> Fieldbook
    ) {
        (self.language, self.drafts, self.undo, self.open) = (language, drafts, undo, open)
    }

    /// What the screens of the person who is signed in share; nil while nobody is.
    public var workplace: Workplace? {
        switch stage {
        case .arrival(let workplace), .working(let workplace): workplace
        default: nil
        }
    }

    /// What the screens say.
    public var strings: any Strings { language.strings }

    /// How numbers and times read.
    public var formats: Formats { Formats(language) }

    /// Opens the records and goes on where the person was, also when they try again. Needs no network. Asked twice at once, it is done once.
    public func begin() async {
        let task = beginning ?? Task { await resume() }
        beginning = task
        await task.value
        beginning = nil
    }

    /// iOS woke the app without a screen: whose work is to be synced; nil while nobody is signed in.
    public func woken() async -> Session? {
        if case .opening = stage { await begin() }
        return running?.session
    }

    /// Somebody has signed in.
    func signedIn(_ session: Session) async {
        await attempt {
            stage = .arrival(try await workplace(of: session))
            back = nil
        }
    }

    /// The person who arrived begins to work.
    public func goOn() {
        if case .arrival(let workplace) = stage { stage = .working(workplace) }
    }

    /// Signs the person out; what they wrote stays on this phone.
    public func signOut() async {
        guard let workplace else { return }
        await undo.doNow()
        if await attempt({ try await workplace.session.signOut() }) { stage = .signIn }
    }

    /// Begins anew beside a damaged file.
    public func recover(_ account: Account) async {
        await attempt { stage = .recovered(try await opened().recover(account.id)) }
    }

    /// The sign-in: after a lost key was read of, or when the server ended this one. Nothing that was written goes.
    public func signInAgain() async {
        await undo.doNow()
        back = workplace
        stage = .signIn
    }

    /// Back to work without signing in again.
    public func goBack() {
        guard let workplace = back else { return }
        (stage, back) = (.working(workplace), nil)
    }

    /// A link or a QR code opened the app, perhaps started it: the sign-in takes it.
    public func openLink(_ link: String) async {
        self.link = link
        if workplace != nil { await signInAgain() }
    }

    /// The link, once.
    func takeLink() -> String? {
        defer { link = nil }
        return link
    }

    /// The app goes to the background: what was decided is done, and nothing is left open at the disk. A person who comes back before
    /// that finds everything awake.
    public func rest() async {
        isResting = true
        await undo.doNow()
        await settle()
    }

    /// The app is in front again.
    public func wake() async {
        isResting = false
        await settle()
    }

    /// The network is back: a wait of sync ends, unless the app rests. Nothing begins at the disk of an app that iOS may suspend.
    public func networkBack() async {
        guard !isResting, let running else { return }
        await attempt { try await running.session.sync.wake() }
    }

    /// Everybody who has records on this phone.
    public func accounts() async -> [Account] {
        (try? await opened().accounts()) ?? []
    }

    /// The records, opened once however many ask at once; after something in the way they are opened again.
    func opened() async throws -> Fieldbook {
        let task = opening ?? Task { try await open(self) }
        opening = task
        do {
            return try await task.value
        } catch {
            opening = nil
            throw error
        }
    }

    private func resume() async {
        if workplace != nil { return }
        do {
            if let session = try await opened().resume() {
                stage = .working(try await workplace(of: session))
                // The link that started the app, as one that came while it ran.
                if link != nil { await signInAgain() }
            } else {
                stage = .signIn
            }
        } catch {
            await stopped(FieldbookError(error))
        }
    }

    /// The workplace whose sync runs: also behind a sign-in that somebody opened from it.
    private var running: Workplace? { workplace ?? back }

    /// Rests or wakes, and again when that changed while it was done: the last word counts, whichever of the two is over last.
    private func settle() async {
        var rests: Bool
        repeat {
            rests = isResting
            await rests ? fallAsleep() : wakeUp()
        } while rests != isResting
    }

    private func fallAsleep() async {
        if let running { await attempt { try await running.session.rest() } }
        await (try? opening?.value)?.rest()
    }

    private func wakeUp() async {
        (try? await opening?.value)?.wake()
        if let running { await attempt { try await running.session.wake() } }
    }

    private func workplace(of session: Session) async throws -> Workplace {
        let account = try await session.account()
        try await session.sync.start()
        return Workplace(session: session, account: account, drafts: drafts, undo: undo)
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
