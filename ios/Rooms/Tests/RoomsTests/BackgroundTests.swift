import FieldbookKit
import FieldbookTesting
import Foundation
import Rooms
import Testing

/// The app that goes to the background and comes back.
@Suite(.timeLimit(.minutes(2))) @MainActor struct BackgroundTests {
    @Test("a decision is made when the app goes to the background, and a network that comes back wakes nothing until the person does")
    func background() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        var isDone = false
        await dana.undo.offer("Discarded") { isDone = true }
        await phone.app.rest()
        #expect(isDone && dana.undo.said == nil)
        await phone.app.networkBack()
        let log = ActivityModel(workplace: dana)
        log.entry.text = "ask for Ms Li"
        let writing = Task { await log.write() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(log.entry.text == "ask for Ms Li", "it is held back")
        await phone.app.wake()
        await writing.value
        #expect(log.entry.text.isEmpty && log.problem == nil)
        await phone.app.networkBack()
        #expect(phone.app.problem == nil)
    }

    @Test("a person who is back before the app rests finds it awake")
    func quickReturn() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        let (held, hold) = AsyncStream.makeStream(of: Void.self)
        let (begun, begins) = AsyncStream.makeStream(of: Void.self)
        await dana.undo.offer("Discarded") {
            begins.yield()
            for await _ in held { return }
        }
        let resting = Task { await phone.app.rest() }
        for await _ in begun { break }
        await phone.app.wake()
        hold.yield()
        await resting.value
        let log = ActivityModel(workplace: dana)
        log.entry.text = "ask for Ms Li"
        let writing = Task { await log.write() }
        try await eventually { log.entry.text.isEmpty }
        await writing.value
        await phone.app.networkBack()
        #expect(phone.app.problem == nil)
    }

    @Test("behind a sign-in that was opened from the work, the work rests and wakes, too")
    func behindSignIn() async throws {
        let office = try await Office.opened()
        defer { office.close() }
        let phone = try PhoneInHand("Dana")
        let dana = try await phone.signIn(office)
        await phone.app.signInAgain()
        #expect(phone.app.workplace == nil && phone.app.back === dana)
        #expect(await phone.app.woken() === dana.session)
        await phone.app.rest()
        let log = ActivityModel(workplace: dana)
        log.entry.text = "ask for Ms Li"
        let writing = Task { await log.write() }
        for _ in 0..<1_000 { await Task.yield() }
        #expect(log.entry.text == "ask for Ms Li", "it is held back")
        await phone.app.wake()
        await writing.value
        #expect(log.entry.text.isEmpty)
    }
}
