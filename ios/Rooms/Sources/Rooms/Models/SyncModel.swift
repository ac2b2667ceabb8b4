import FieldbookKit
import Foundation
import Observation

/// How sync goes: the line under every title, and the page behind it.
@Observable @MainActor
public final class SyncModel: Room {
    /// How sync goes; nil before the first answer.
    public private(set) var status: SyncStatus?

    /// Is it all on the server?
    public private(set) var receipt: Delivery?

    /// How many bytes the records take.
    public private(set) var storage: Int64?

    /// True while the person's own try runs.
    public private(set) var isTrying = false

    public var problem: FieldbookError?

    private let session: Session

    /// The sync of a person's work.
    public init(session: Session) { self.session = session }

    /// Shows it as it changes.
    public func run() async {
        await together(
            { await self.follow(self.session.sync.status()) { self.status = $0 } },
            { await self.follow(self.session.sync.receipt()) { self.receipt = $0 } })
    }

    /// Looks how much room the records take.
    public func measure() async { await attempt { storage = try await session.storageBytes() } }

    /// Tries now.
    public func tryNow() async {
        isTrying = true
        defer { isTrying = false }
        await attempt { try await session.sync.now() }
    }

    /// The receipts as a file's text.
    public func receiptsFile() async -> String? {
        var text: String?
        await attempt { text = try await session.sync.receiptsFile() }
        return text
    }

    /// The quiet line under a title: which truth, and since when. Never an alarm for a fresh save or a missing network.
    public func line(_ strings: any Strings, _ formats: Formats) -> String {
        guard let status else { return strings.waiting }
        let waiting = Int(status.totals.onPhone + status.totals.sent)
        let contact = status.lastContact.map { strings.lastContact(formats.moment($0)) } ?? strings.noContactYet
        let first =
            switch status.trouble {
            case .some where status.online == false: strings.offline
            case .some(.Unreachable): strings.noAnswer
            default: waiting > 0 && status.phase == .exchanging ? strings.syncing : nil as String?
            }
        let work = waiting > 0 ? strings.itemsOnThisPhone(waiting) : first == nil ? strings.everythingAccepted : nil
        return [first, work, contact].compactMap(\.self).joined(separator: " · ")
    }
}
