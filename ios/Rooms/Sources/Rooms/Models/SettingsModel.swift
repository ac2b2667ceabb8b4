import FieldbookKit
import Observation

/// The account, the language, and what support needs.
@Observable @MainActor
public final class SettingsModel: Room {
    /// What the server does not have: named before the person signs out.
    public private(set) var unsent: Unsent?

    public var problem: FieldbookError?

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The settings of a person.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// Whose phone it is.
    public var account: Account { workplace.account }

    /// Looks what is not on the server.
    public func look() async { await attempt { unsent = try await session.unsent() } }

    /// What support needs, as a file's text.
    public func supportReport() async -> String? {
        var text: String?
        await attempt { text = try await session.supportReport() }
        return text
    }
}
