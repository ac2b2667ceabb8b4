import FieldbookBindings

/// A value as it changes: iterating gives it now and again after every change, until the task is cancelled or the iterator goes.
///
/// Changes that come while somebody is busy with the last value are one change, and the same value twice is given once. The list
/// behind a screen is one line in `.task`, which SwiftUI cancels with the view:
///
/// ```swift
/// .task { for try await day in session.visits.today() { visits = day.visits } }
/// ```
///
/// Iterating throws ``FieldbookError``. The compiler does not know it: `next(isolation:)`, with which an iterator says what it throws, came
/// with iOS 18, and this package runs on iOS 17.
public struct LiveValues<Value: Sendable & Equatable>: AsyncSequence, Sendable {
    /// What it gives.
    public typealias Element = Value

    let calls: Calls
    let live: NativeLive
    let topics: [Topic]
    let query: @Sendable () throws -> Value

    /// A reader of its own: it begins with the value as it is now.
    public func makeAsyncIterator() -> Iterator { Iterator(of: self) }

    /// One reader of the value.
    public struct Iterator: AsyncIteratorProtocol {
        private let values: LiveValues
        private var listening: Listening?
        private var last: Value?

        fileprivate init(of values: LiveValues) { self.values = values }

        /// The value now at first, then when it is another one; nothing after the task is cancelled.
        public mutating func next() async throws -> Value? {
            let listening = try listening ?? Listening(to: values.topics, of: values.live)
            self.listening = listening
            while await listening.mark() {
                let value = try await values.calls.disk(values.query)
                if value != last {
                    last = value
                    return value
                }
            }
            self.listening = nil
            return nil
        }
    }
}

/// A handle of the library and the marks that it leaves; ends with the iterator that holds it.
private final class Listening {
    private let watch: NativeWatch
    private var marks: AsyncStream<Void>.Iterator

    init(to topics: [Topic], of live: NativeLive) throws {
        let (marks, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.marks = marks.makeAsyncIterator()
        watch = try live.watch(topics: topics, listener: Mark(continuation: continuation))
        // The first value needs no change.
        continuation.yield()
    }

    deinit { watch.end() }

    /// Waits for the next mark; false when the task is cancelled.
    func mark() async -> Bool { await marks.next() != nil }
}

/// Only leaves a mark: it is called on the thread that wrote.
private final class Mark: ChangeListener {
    private let continuation: AsyncStream<Void>.Continuation

    init(continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }

    func changed() throws { continuation.yield() }
}
