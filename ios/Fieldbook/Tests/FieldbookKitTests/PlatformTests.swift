import FieldbookKit
import FieldbookTesting
import Foundation
import Testing

/// What the app gives, when it fails.
@Suite(.timeLimit(.minutes(2))) struct PlatformTests {
    @Test("a clock that throws is an error that names it, and nothing is written")
    func clock() async throws {
        try await Office.open { office in
            let phone = try TestPhone()
            let broken = Platform(clock: BrokenClock(), keyStore: nil, location: BrokenPlace(), connectivity: nil)
            let dana = try await Fieldbook.open(folder: phone.folder, platform: broken)
                .signIn(link: office.enrol("Dana").link, phoneName: "phone")
            let failed = await failure { _ = try await dana.customers.add(NewCustomer(name: "Tea House", address: "")) }
            guard case .Platform(let detail, let words) = failed else { throw Unexpected(failed) }
            #expect(detail.contains("battery") && !words.zh.isEmpty)
            #expect(try await dana.customers.list().first().isEmpty)
            let lost = await failure { _ = try await dana.visits.locate() }
            guard case .Platform = lost else { throw Unexpected(lost) }
        }
    }
}

private final class BrokenClock: PlatformClock {
    func read() throws -> ClockReading { throw PlatformError.Failed(reason: "the battery of the clock is empty") }
}

private final class BrokenPlace: PlatformLocation {
    // Not declared by the library: still an answer.
    struct NoSensor: Error {}
    func locate(patienceMs: UInt64) async throws -> Fix { throw NoSensor() }
}
