import FieldbookKit
import Observation

/// One customer, all around: contacts, what happened, visits.
@Observable @MainActor
public final class CustomerModel: Room {
    /// The page; nil before the first answer and when the customer is not on this phone.
    public private(set) var page: CustomerPage?

    /// True when the customer is not on this phone (any more).
    public private(set) var isGone = false

    /// Its latest visits, whoever made them.
    public private(set) var visits: [Visit] = []

    /// What was spent on it; nil before the first answer.
    public private(set) var spent: Spent?

    /// What a planned visit is for.
    public let purpose: Draft

    public var problem: FieldbookError?

    /// Whose page it is.
    public let customer: CustomerId

    private let workplace: Workplace
    private var session: Session { workplace.session }

    /// The page of a customer.
    public init(workplace: Workplace, customer: CustomerId) {
        (self.workplace, self.customer) = (workplace, customer)
        purpose = workplace.draft("purpose/\(customer)")
    }

    /// Shows the page as it changes.
    public func run() async {
        await together(
            { await self.follow(self.session.customers.page(self.customer)) { self.show($0) } },
            { await self.follow(self.session.visits.toCustomer(self.customer, limit: 5)) { self.visits = $0 } },
            { await self.follow(self.session.approvals.spentOn(self.customer)) { self.spent = $0 } })
    }

    private func show(_ page: CustomerPage?) {
        self.page = page
        isGone = page == nil
    }

    /// A field of the customer or of a contact, as it is typed.
    public func field(_ name: String, before: String = "") -> Draft { workplace.draft("customer/\(customer)/\(name)", before: before) }

    /// Plans a visit: one's own, or as a supervisor one of whoever looks after the customer.
    public func plan(_ start: Timestamp) async -> Bool {
        let rep = workplace.decides ? page?.customer.owner : nil
        let isPlanned = await attempt { _ = try await session.visits.plan(customer, purpose: purpose.trimmed, start: start, rep: rep) }
        if isPlanned { purpose.done() }
        return isPlanned
    }

    /// Changes name and address in one operation; what is the same is not written.
    public func save(name: Draft, address: Draft) async -> Bool {
        guard let old = page?.customer else { return false }
        var changes: [CustomerChange] = []
        if old.name != name.trimmed { changes.append(.name(name: name.trimmed)) }
        if old.address != address.trimmed { changes.append(.address(address: address.trimmed)) }
        let isSaved = await attempt { if !changes.isEmpty { try await session.customers.edit(customer, changes) } }
        if isSaved { [name, address].forEach { $0.done() } }
        return isSaved
    }

    /// Keeps one of two values that were entered at the same time.
    public func keep(_ field: String, _ value: String) async {
        let change: CustomerChange
        switch field {
        case "name": change = .name(name: value)
        case "address": change = .address(address: value)
        case "position":
            guard let place = Self.place(value) else { return }
            change = .place(position: place)
        default: return
        }
        await attempt { try await session.customers.edit(customer, [change]) }
    }

    /// The values that were entered at the same time, the one that shows first, each with what a person reads.
    public func choices(_ conflict: Conflict, _ strings: any Strings, _ formats: Formats) -> [(value: String, said: String)] {
        guard let customer = page?.customer else { return [] }
        switch conflict.field {
        case "name": return ([customer.name] + conflict.others).map { ($0, $0) }
        case "address": return ([customer.address] + conflict.others).map { ($0, $0) }
        case "grade": return ([customer.grade].compactMap(\.self) + conflict.others).map { ($0, strings.grade($0)) }
        case "position":
            guard let here = customer.position else { return [] }
            let others = conflict.others.map { ($0, said(Self.place($0), from: here, strings, formats)) }
            return [("\(here.lat),\(here.lon)", strings.thisPlace)] + others
        default: return []
        }
    }

    private func said(_ place: Position?, from here: Position, _ strings: any Strings, _ formats: Formats) -> String {
        guard let place, let way = try? away(from: here, to: place), way.distanceM >= 1 else { return strings.thisPlace }
        return strings.otherPlace("\(formats.distance(way.distanceM)) \(formats.direction(way.bearingDeg))")
    }

    /// A place as a conflict names it: `latitude,longitude`.
    private static func place(_ value: String) -> Position? {
        let parts = value.split(separator: ",").compactMap { Double($0) }
        return parts.count == 2 ? Position(lat: parts[0], lon: parts[1]) : nil
    }

    /// The fields of a contact, or of a new one.
    public func fields(of contact: Contact? = nil) -> ContactDrafts {
        let place = contact.map { "contact/\($0.id)" } ?? "contact"
        return ContactDrafts(
            name: field("\(place)/name", before: contact?.name ?? ""), role: field("\(place)/role", before: contact?.role ?? ""),
            phone: field("\(place)/phone", before: contact?.phone ?? ""), email: field("\(place)/email", before: contact?.email ?? ""))
    }

    /// Adds a contact, or changes one.
    public func save(_ drafts: ContactDrafts, of contact: Contact? = nil) async -> Bool {
        let isSaved = await attempt {
            if let contact {
                try await session.customers.editContact(customer, contact.id, drafts.changes(of: contact))
            } else {
                try await session.customers.addContact(customer, drafts.fields)
            }
        }
        if isSaved { drafts.all.forEach { $0.done() } }
        return isSaved
    }

    /// Removes a contact; can be taken back for ten seconds.
    public func remove(_ contact: Contact, _ strings: any Strings) async {
        await workplace.undo.offer(strings.contactRemoved(contact.name), about: ["\(contact.id)"]) { [session, customer] in
            try await session.customers.removeContact(customer, contact.id)
        }
    }

    /// The contacts, without one that was just removed and can be taken back.
    public var contacts: [Contact] { page?.contacts.filter { !workplace.undo.hides("\($0.id)") } ?? [] }

    /// What this person may ask the server about it now; nothing while an answer is awaited.
    public var wishes: [CustomerWish.Kind] {
        guard let customer = page?.customer, customer.asked == nil else { return [] }
        if customer.pool != nil { return workplace.visits ? [.claim] : [] }
        let isMine = customer.owner == workplace.account.person
        return (isMine ? [.release] : []) + (workplace.decides ? [.owner] : []) + (isMine || workplace.decides ? [.grade] : [])
    }

    /// Who could look after it: the reps this person knows of who are there.
    public var reps: [Person] { workplace.people.filter { $0.role == .rep && !$0.left && $0.id != page?.customer.owner } }

    /// Grades with a visit cycle, other than its own.
    public var grades: [String] { workplace.house?.cycles.map(\.grade).filter { $0 != page?.customer.grade } ?? [] }

    /// Asks the server to decide something about it. Until the answer it is provisional.
    public func ask(_ wish: CustomerWish, note: Draft) async -> Bool {
        let isAsked = await attempt {
            switch wish {
            case .claim: try await session.customers.claim(customer, note: note.filled)
            case .release: try await session.customers.release(customer, note: note.filled)
            case .owner(let person): try await session.customers.askOwner(customer, to: person, note: note.filled)
            case .grade(let grade): try await session.customers.askGrade(customer, grade: grade, note: note.filled)
            }
        }
        if isAsked { note.done() }
        return isAsked
    }
}

/// What a person may ask the server to decide about a customer.
public enum CustomerWish: Hashable, Sendable {
    /// To look after it.
    case claim
    /// That it goes back to the pool.
    case release
    /// That this person looks after it.
    case owner(PersonId)
    /// This grade.
    case grade(String)

    /// What for, without whom or which.
    public enum Kind: Hashable, Sendable { case claim, release, owner, grade }
}

/// The fields of a contact, as they are typed.
@MainActor
public struct ContactDrafts {
    /// What they are called.
    public let name: Draft
    /// What they do there.
    public let role: Draft
    /// Their number.
    public let phone: Draft
    /// Their mail address.
    public let email: Draft

    var all: [Draft] { [name, role, phone, email] }

    var fields: ContactFields { ContactFields(name: name.trimmed, role: role.filled, phone: phone.filled, email: email.filled) }

    /// What is other than before; a field that was emptied says so.
    func changes(of contact: Contact) -> ContactFields {
        func changed(_ draft: Draft, _ before: String?) -> String? { draft.trimmed == before ?? "" ? nil : draft.trimmed }
        return ContactFields(
            name: changed(name, contact.name), role: changed(role, contact.role), phone: changed(phone, contact.phone),
            email: changed(email, contact.email))
    }
}
