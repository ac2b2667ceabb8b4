import FieldbookTesting
import Foundation
import Testing

@testable import FieldbookKit

/// An app that iOS suspends.
@Suite(.timeLimit(.minutes(2))) struct RestTests {
    @Test("while the app rests nothing begins at the disk, and everything goes on when it wakes")
    func rest() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            try await dana.sync.start()
            try await dana.sync.status().until { $0.phase == .upToDate }
            try await dana.rest()
            let course = Course()
            let adding = Task {
                _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
                await course.add("added")
            }
            let exchanging = Task {
                try await dana.sync.now()
                await course.add("synced")
            }
            // Whatever could run would have run.
            for _ in 0..<1_000 { await Task.yield() }
            await course.add("woken")
            try await dana.wake()
            try await adding.value
            try await exchanging.value
            #expect(await course.steps.first == "woken")
            #expect(await course.steps.count == 3)
            try await dana.customers.list().until { $0.first?.state == .accepted }
        }
    }

    @Test("what has begun at the disk ends before the app rests")
    func underWay() async throws {
        try await Office.open { office in
            let clock = HeldClock()
            let phone = try TestPhone()
            let platform = Platform(clock: clock, keyStore: nil, location: phone.place, connectivity: nil)
            let dana = try await Fieldbook.open(folder: phone.folder, platform: platform)
                .signIn(link: office.enrol("Dana").link, phoneName: "phone")
            let course = Course()
            clock.hold()
            let adding = Task { try await dana.customers.add(NewCustomer(name: "Tea House", address: "")) }
            await aside { clock.waitUntilAsked() }
            let resting = Task {
                try await dana.rest()
                await course.add("rested")
            }
            for _ in 0..<1_000 { await Task.yield() }
            await course.add("over")
            clock.release()
            _ = try await adding.value
            try await resting.value
            #expect(await course.steps == ["over", "rested"])
            try await dana.wake()
            #expect(try await dana.customers.list().first().count == 1)
        }
    }

    @Test("after the rest nothing runs, whatever the queue had handed to a thread already")
    func handedOut() async throws {
        let (disk, done) = (AtDisk(), Counter())
        var asked = 0
        for round in 0..<300 {
            for _ in 0...(round % 7) {
                disk.run { done.add() }
                asked += 1
            }
            #expect(await disk.rest())
            let before = done.count
            for _ in 0..<20 { await Task.yield() }
            #expect(done.count == before)
            disk.wake()
        }
        while done.count < asked { await Task.yield() }
        #expect(done.count == asked, "nothing was lost or done twice")
    }

    @Test("a wake that comes before the rest is over wins")
    func overtaken() async throws {
        try await Office.open { office in
            let clock = HeldClock()
            let phone = try TestPhone()
            let platform = Platform(clock: clock, keyStore: nil, location: phone.place, connectivity: nil)
            let dana = try await Fieldbook.open(folder: phone.folder, platform: platform)
                .signIn(link: office.enrol("Dana").link, phoneName: "phone")
            clock.hold()
            let adding = Task { try await dana.customers.add(NewCustomer(name: "Tea House", address: "")) }
            await aside { clock.waitUntilAsked() }
            let resting = Task { try await dana.rest() }
            for _ in 0..<1_000 { await Task.yield() }
            let waking = Task { try await dana.wake() }
            try await resting.value
            clock.release()
            _ = try await adding.value
            try await waking.value
            try await dana.sync.now()
            #expect(try await dana.customers.list().first().first?.state == .accepted)
        }
    }

    @Test("an exchange in the background rests afterwards, unless the person opened the app while it did")
    func inBackground() async throws {
        try await Office.open { office in
            let dana = try await TestPhone().signIn(office, "Dana")
            _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: ""))
            try await dana.rest()
            await dana.syncInBackground { false }
            let course = Course()
            let reading = Task {
                let list = try await dana.customers.list().first()
                await course.add("read")
                return list
            }
            for _ in 0..<1_000 { await Task.yield() }
            await course.add("woken")
            try await dana.wake()
            #expect(try await reading.value.first?.state == .accepted)
            #expect(await course.steps == ["woken", "read"])

            // In front only when the app has come to rest: nobody else wakes it then.
            let looks = Counter()
            await dana.syncInBackground {
                looks.add()
                return looks.count > 1
            }
            #expect(try await dana.unsent().records.isEmpty)
            try await dana.sync.now()
        }
    }

    @Test("before anybody is signed in nothing begins either, and a sign-in that is under way is waited for")
    func nobody() async throws {
        let listener = try Listener()
        let fieldbook = try await TestPhone().open()
        let course = Course()
        let signIn = Task {
            let end = await failure { _ = try await fieldbook.signIn(server: listener.address, code: "7K3M-Q8RT", phoneName: "phone") }
            await course.add("signed in")
            return end
        }
        let line = try await aside { try listener.accept() }
        _ = try await aside { try line.read() }
        let resting = Task {
            await fieldbook.rest()
            await course.add("rested")
        }
        for _ in 0..<1_000 { await Task.yield() }
        line.hangUp()
        listener.stop()
        #expect(await signIn.value != nil)
        await resting.value
        let asking = Task {
            _ = try await fieldbook.accounts()
            await course.add("asked")
        }
        for _ in 0..<1_000 { await Task.yield() }
        await course.add("woken")
        fieldbook.wake()
        try await asking.value
        #expect(await Set(course.steps.prefix(2)) == ["signed in", "rested"])
        #expect(await course.steps.suffix(2) == ["woken", "asked"])
    }
}

/// A clock that can be held up in the middle of a transaction.
private final class HeldClock: PlatformClock, @unchecked Sendable {
    private let machine = TestClock()
    private let lock = NSCondition()
    private var isHeld = false
    private var isAsked = false

    func hold() { lock.withLock { isHeld = true } }

    func release() {
        lock.withLock {
            isHeld = false
            lock.broadcast()
        }
    }

    /// Until somebody waits for it.
    func waitUntilAsked() {
        lock.withLock { while !isAsked { lock.wait() } }
    }

    func read() throws -> ClockReading {
        lock.withLock {
            guard isHeld else { return }
            isAsked = true
            lock.broadcast()
            while isHeld { lock.wait() }
        }
        return try machine.read()
    }
}

/// Counts, from any thread.
private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0
    var count: Int { lock.withLock { number } }
    func add() { lock.withLock { number += 1 } }
}

/// What happened, in its order.
private actor Course {
    private(set) var steps: [String] = []
    func add(_ step: String) { steps.append(step) }
}
