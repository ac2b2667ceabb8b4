import FieldbookKit
import Observation

/// The account, the language, and what support needs.
@Observable @MainActor
public final class SettingsModel: Room {
    /// Whose phone it is; nil before the first answer.
    public private(set) var account: Account?

    /// What that person does.
    public private(set) var me: Person?

    public var problem: FieldbookError?

    private let session: Session

    /// The settings of a person.
    public init(session: Session) { self.session = session }

    /// Shows who is signed in.
    public func run() async {
        await attempt { account = try await session.account() }
        await follow(session.people.me()) { me = $0 }
    }

    /// What support needs, as a file's text.
    public func supportReport() async -> String? {
        var text: String?
        await attempt { text = try await session.supportReport() }
        return text
    }
}
