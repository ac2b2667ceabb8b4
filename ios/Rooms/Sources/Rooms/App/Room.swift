import FieldbookKit
import Observation

/// What the models of all screens have in common: they show what the library says, and say what did not work.
@MainActor
public protocol Room: AnyObject {
    /// What did not work last: the screen says it above what the person typed.
    var problem: FieldbookError? { get set }
}

extension Room {
    /// Shows a value as it changes, for as long as the screen is there.
    func follow<Value>(_ values: LiveValues<Value>, _ show: (Value) -> Void) async {
        do {
            for try await value in values { show(value) }
        } catch {
            problem = FieldbookError(error)
        }
    }

    /// What a page says at this moment; nil when it is not on this phone, or does not read.
    func now<Value>(_ values: LiveValues<Value?>) async -> Value? {
        var all = values.makeAsyncIterator()
        return (try? await all.next()) ?? nil ?? nil
    }

    /// Does what the person asked for; says what went wrong and whether it worked.
    @discardableResult
    func attempt(_ work: () async throws -> Void) async -> Bool {
        do {
            try await work()
            problem = nil
            return true
        } catch {
            problem = FieldbookError(error)
            return false
        }
    }

    /// Does several of these at once, until all are done or the screen goes.
    func together(_ all: @MainActor @Sendable () async -> Void...) async {
        await withDiscardingTaskGroup { group in
            for one in all { group.addTask { await one() } }
        }
    }
}
