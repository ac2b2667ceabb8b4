import FieldbookKit
import Foundation
import Observation

/// How sync goes, and the proof of it.
@Observable @MainActor
public final class SyncModel: Room {
    /// Is it all on the server?
    public private(set) var receipt: Delivery?

    /// How many bytes the records take.
    public private(set) var storage: Int64?

    /// True while the person's own try runs.
    public private(set) var isTrying = false

    public var problem: FieldbookError?

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The sync of a person's work.
    public init(workplace: Workplace) { self.workplace = workplace }

    /// How sync goes; nil before the first answer.
    public var status: SyncStatus? { workplace.status }

    /// How far the news have come, from 0 to 1; nil when nothing arrives.
    public var arrived: Double? { workplace.arrived }

    /// How much is where, without what there is none of.
    public var counts: [(state: RecordState, count: UInt64)] { workplace.counts }

    /// Shows it as it changes.
    public func run() async { await follow(session.sync.receipt()) { receipt = $0 } }

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

    /// What sync does now, in words; a wait counts down.
    public func phase(at now: Date, _ strings: any Strings) -> String {
        switch status?.phase {
        case .exchanging: strings.syncing
        case .upToDate: strings.upToDate
        case .waiting(let until): strings.retryIn(max(0, Int(until.timeIntervalSince(now).rounded(.up))))
        default: strings.syncStopped
        }
    }
}

extension Workplace {
    /// Did the last exchange work? While it did not, what was sent is not known to have arrived.
    public var isAnswered: Bool { status?.trouble == nil }

    /// How much of the work is where, without what there is none of.
    public var counts: [(state: RecordState, count: UInt64)] {
        guard let totals = status?.totals else { return [] }
        let all: [(state: RecordState, count: UInt64)] = [
            (.onPhone, totals.onPhone), (.sent, totals.sent), (.accepted, totals.accepted), (.needsAttention, totals.attention),
        ]
        return all.filter { $0.count > 0 }
    }

    /// The quiet line under a title: which truth, and since when. Never an alarm for a fresh save or a missing network.
    public func statusLine(_ strings: any Strings, _ formats: Formats) -> String {
        guard let status else { return strings.waiting }
        let totals = status.totals
        let waiting = totals.onPhone + totals.sent
        let contact = status.lastContact.map { strings.lastContact(formats.moment($0)) } ?? strings.noContactYet
        let first: String? =
            switch status.phase {
            case .waiting, .stopped: standstill(status, strings)
            case .exchanging: waiting > 0 ? strings.syncing : nil
            case .upToDate: nil
            }
        let isAll = waiting == 0 && totals.attention == 0 && status.lastContact != nil
        let all = [first] + waits(totals, strings) + [isAll ? strings.everythingAccepted : nil, contact]
        return all.compactMap(\.self).joined(separator: " · ")
    }

    /// How much is only on this phone, and how much was sent and is not settled. What was sent and not answered may be on this phone only.
    private func waits(_ totals: Totals, _ strings: any Strings) -> [String] {
        let sent = isAnswered ? Int(totals.sent) : 0
        let onPhone = Int(totals.onPhone + totals.sent) - sent
        return (onPhone > 0 ? [strings.itemsOnThisPhone(onPhone)] : []) + (sent > 0 ? [strings.itemsSent(sent)] : [])
    }

    /// Why nothing goes out just now; nil when nothing has to.
    private func standstill(_ status: SyncStatus, _ strings: any Strings) -> String? {
        switch status.trouble {
        case .Portal: strings.networkAsksToSignIn
        case .SignInEnded: strings.signInIsOver
        case .some: status.online == false ? strings.offline : strings.noAnswer
        case nil: status.online == false ? strings.offline : nil
        }
    }

    /// How the first sync goes, while the customers arrive.
    public func arrival(_ strings: any Strings, _ formats: Formats) -> String {
        let records = formats.count(status?.totals.records ?? 0)
        return hasArrived ? strings.recordsArrived(records) : strings.recordsArriving(records)
    }

    /// How far the news have come, from 0 to 1; nil before anybody can say.
    public var arrived: Double? {
        status?.arriving.map { $0.of == 0 ? 1 : Double($0.read) / Double($0.of) }
    }

    /// Is the first sync over?
    public var hasArrived: Bool { status?.phase == .upToDate }
}

extension Strings {
    /// The word of a truth. What was sent while the server does not answer may have got lost on the way.
    public func state(_ state: RecordState, isAnswered: Bool) -> String {
        switch state {
        case .onPhone: onThisPhone
        case .sent: isAnswered ? sent : sentUnanswered
        case .accepted: accepted
        case .needsAttention: needsAttention
        }
    }
}

extension Approval {
    /// Was it decided or taken back on this phone, and has the server not confirmed it?
    public var waitsForServer: Bool { [.provisional, .withdrawing].contains(status) && state != .needsAttention }

    /// Is it with the server and not decided? "Accepted" on it would read as approved.
    public var awaitsDecision: Bool { state == .accepted && [.draft, .submitted, .returned, .withdrawn].contains(status) }
}
