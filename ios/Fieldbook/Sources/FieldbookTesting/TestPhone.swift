import FieldbookKit
import Foundation

/// A phone's folder and what the platform gives; the records outlive each ``Fieldbook`` that is opened over them.
public final class TestPhone: Sendable {
    /// Where its records are.
    public let folder: URL

    /// Where the phone says that it is.
    public let place = TestPlace()

    private let keyStore: (any PlatformKeyStore)?

    /// A new phone.
    public init(keyStore: (any PlatformKeyStore)? = nil) throws {
        folder = try Scratch.folder("phone")
        self.keyStore = keyStore
    }

    /// The phone that has that folder.
    public init(folder: URL) {
        self.folder = folder
        keyStore = nil
    }

    /// Starts the app on it.
    public func open() async throws -> Fieldbook {
        try await Fieldbook.open(folder: folder, platform: platform)
    }

    /// Signs somebody in on it.
    public func signIn(_ office: Office, _ person: String) async throws -> Session {
        try await open().signIn(link: office.enrol(person).link, phoneName: "\(person)'s phone")
    }

    /// What it gives.
    public var platform: Platform {
        Platform(clock: TestClock(), keyStore: keyStore, location: place, connectivity: nil)
    }
}

/// The machine's clocks, in Shanghai.
public final class TestClock: PlatformClock {
    /// Those clocks.
    public init() {}

    public func read() throws -> ClockReading {
        ClockReading(
            unixMs: Int64(Date().timeIntervalSince1970 * 1000),
            utcOffsetSeconds: 8 * 3600,
            monotonicMs: UInt64(ProcessInfo.processInfo.systemUptime * 1000),
            bootId: "test boot")
    }
}

/// Where a phone says that it is.
public final class TestPlace: PlatformLocation, @unchecked Sendable {
    private let lock = NSLock()
    private var said = Fix.notFound

    /// What it answers.
    public var fix: Fix {
        get { lock.withLock { said } }
        set { lock.withLock { said = newValue } }
    }

    public func locate(patienceMs: UInt64) async throws -> Fix { fix }
}

/// A reading so many metres north of a shop.
public func reading(_ at: Position, north: Double = 0, accuracy: Double = 12) -> Reading {
    Reading(
        position: Position(lat: at.lat + north / 110_862, lon: at.lon),
        accuracyM: accuracy, source: .gps, fixAgeMs: 900, mock: false, speedMps: nil)
}

/// The shop of the stories.
public let sunrise = Position(lat: 31.2304, lon: 121.4737)
