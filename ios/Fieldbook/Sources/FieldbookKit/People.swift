import FieldbookBindings

/// People, units and the rules of the house, as last received.
public struct People: Sendable {
    let people: NativePeople
    let live: NativeLive
    let calls: Calls

    /// The person who is signed in, as it changes; nil before the first sync.
    public func me() -> LiveValues<Person?> {
        calls.live(live, [.status]) { [people] in try people.me() }
    }

    /// Everybody this person may know of, as it changes.
    public func everybody() -> LiveValues<[Person]> {
        calls.live(live, [.status]) { [people] in try people.all() }
    }

    /// Everybody this person may know of.
    public func all() async throws(FieldbookError) -> [Person] {
        try await calls.disk { [people] in try people.all() }
    }

    /// The units this person may know of, parents first.
    public func units() async throws(FieldbookError) -> [OrgUnit] {
        try await calls.disk { [people] in try people.units() }
    }

    /// The rules of the house.
    public func house() async throws(FieldbookError) -> House {
        try await calls.disk { [people] in try people.house() }
    }
}
