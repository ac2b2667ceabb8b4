import FieldbookKit
import Foundation

/// The clocks of an iPhone.
public final class SystemClock: PlatformClock {
    /// Those clocks.
    public init() {}

    /// Wall clock with the place's offset, monotonic clock in milliseconds, and the name of this start of the phone.
    public func read() throws -> ClockReading {
        let now = Date()
        return ClockReading(
            unixMs: Int64((now.timeIntervalSince1970 * 1000).rounded()),
            utcOffsetSeconds: Int32(TimeZone.current.secondsFromGMT(for: now)),
            monotonicMs: try Self.monotonicMilliseconds(),
            bootId: Self.bootSession())
    }

    /// Since the phone was switched on, sleep included.
    private static func monotonicMilliseconds() throws -> UInt64 {
        #if canImport(Darwin)
            // systemUptime stands still while the phone sleeps; CLOCK_MONOTONIC on Apple's systems goes on.
            return clock_gettime_nsec_np(CLOCK_MONOTONIC) / 1_000_000
        #else
            throw PlatformError.Failed(reason: "no clock here")
        #endif
    }

    /// Another one after each restart. The kernel names them; where the sandbox does not let it say so, the moment of the start is a
    /// name, too: one that also changes when somebody sets the wall clock, after which times count as unanchored until the next contact.
    private static func bootSession() -> String {
        #if canImport(Darwin)
            var size = 0
            if sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0, size > 1 {
                var name = [UInt8](repeating: 0, count: size)
                if sysctlbyname("kern.bootsessionuuid", &name, &size, nil, 0) == 0 {
                    return String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
                }
            }
            var start = timeval()
            size = MemoryLayout<timeval>.size
            return sysctlbyname("kern.boottime", &start, &size, nil, 0) == 0 ? "start \(start.tv_sec)" : ""
        #else
            return ""
        #endif
    }
}
