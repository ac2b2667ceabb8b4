import Observation

/// The actions of a button or a sheet, one at a time: a second tap while the first still runs does nothing.
@Observable @MainActor
public final class OneAtATime {
    /// True while an action runs.
    public private(set) var isRunning = false

    /// Nothing runs yet.
    public init() {}

    /// Runs an action, unless one runs already.
    public func run(_ action: @MainActor () async -> Void) async {
        if isRunning { return }
        isRunning = true
        await action()
        isRunning = false
    }
}
