import FieldbookKit
import Foundation

/// A phone's folder and what the platform gives; the records outlive each ``Fieldbook`` that is opened over them.
public final class TestPhone: Sendable {
    /// Where its records are.
    public let folder: URL

    /// Where the phone says that it is.
    public let place = TestPlace()

    /// Its clocks.
    public let clock = TestClock()

    private let keyStore: (any PlatformKeyStore)?
    private let marker: Data?

    /// A new phone.
    ///
    /// - Parameter marker: tells it from a phone that its records were copied to.
    public init(keyStore: (any PlatformKeyStore)? = nil, marker: Data? = nil) throws {
        folder = try Scratch.folder("phone")
        (self.keyStore, self.marker) = (keyStore, marker)
    }

    /// The phone that has that folder.
    public init(folder: URL) {
        self.folder = folder
        (keyStore, marker) = (nil, nil)
    }

    /// Starts the app on it.
    public func open() async throws -> Fieldbook {
        try await Fieldbook.open(folder: folder, platform: platform)
    }

    /// Signs somebody in on it.
    public func signIn(_ office: Office, _ person: String) async throws -> Session {
        try await open().signIn(link: office.enrol(person).link, phoneName: "\(person)'s phone")
    }

    /// The file of its only replica.
    public func records() throws -> URL {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        guard let file = files.first(where: { $0.pathExtension == "db" }) else { throw Waited(description: "no records") }
        return file
    }

    /// What it gives.
    public var platform: Platform {
        Platform(clock: clock, keyStore: keyStore, location: place, connectivity: nil, marker: marker)
    }
}

/// The machine's clocks, in Shanghai.
public final class TestClock: PlatformClock, @unchecked Sendable {
    private let lock = NSLock()
    private var days = 0

    /// Those clocks.
    public init() {}

    /// Somebody sets the wall clock so many days ahead, or back.
    public func move(days: Int) { lock.withLock { self.days += days } }

    public func read() throws -> ClockReading {
        ClockReading(
            unixMs: Int64(Date().timeIntervalSince1970 * 1000) + Int64(lock.withLock { days }) * 86_400_000,
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
