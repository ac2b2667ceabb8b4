import Foundation

/// A moment with the offset of the place where it was: what a clock on the wall there said. Exact to the millisecond.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970.
    public let milliseconds: Int64

    /// Seconds that the place is ahead of UTC.
    public let utcOffset: Int

    /// The moment of `date` in a time zone; a Date's fractions of a millisecond go.
    public init(_ date: Date, in zone: TimeZone = .current) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
        utcOffset = zone.secondsFromGMT(for: date) / 60 * 60
    }

    /// Reads `2026-11-26T10:00:00.000+08:00` (RFC 3339).
    ///
    /// - Throws: ``Malformed`` when it is none.
    public init(text: String) throws {
        guard let read = Self.read(text) else { throw Malformed(what: "time", text: text) }
        self = read
    }

    private init(milliseconds: Int64, utcOffset: Int) {
        self.milliseconds = milliseconds
        self.utcOffset = utcOffset
    }

    /// The instant, wherever it was.
    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// The day on the wall of that place.
    public var day: Day {
        let seconds = Int((Double(milliseconds) / 1000).rounded(.down)) + utcOffset
        let civil = Civil.date(days: Int((Double(seconds) / 86_400).rounded(.down)))
        return Day(year: civil.year, month: civil.month, day: civil.day)
    }

    /// The zone of that place, as far as an offset is one.
    public var zone: TimeZone { TimeZone(secondsFromGMT: utcOffset) ?? .gmt }

    /// As RFC 3339 writes it.
    public var text: String {
        let local = milliseconds + Int64(utcOffset) * 1000
        let (seconds, fraction) = (local.flooredQuotient(1000), Int(local - local.flooredQuotient(1000) * 1000))
        let days = seconds.flooredQuotient(86_400)
        let rest = Int(seconds - days * 86_400)
        let civil = Civil.date(days: Int(days))
        let sign = utcOffset < 0 ? "-" : "+"
        let offset = abs(utcOffset) / 60
        return Civil.padded(civil.year, 4) + "-" + Civil.padded(civil.month, 2) + "-" + Civil.padded(civil.day, 2)
            + "T" + Civil.padded(rest / 3600, 2) + ":" + Civil.padded(rest / 60 % 60, 2) + ":"
            + Civil.padded(rest % 60, 2) + "." + Civil.padded(fraction, 3)
            + sign + Civil.padded(offset / 60, 2) + ":" + Civil.padded(offset % 60, 2)
    }

    public var description: String { text }

    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    private static func read(_ text: String) -> Timestamp? {
        var rest = Digits(text)
        guard let year = rest.number(4), rest.skip("-"), let month = rest.number(2), rest.skip("-"),
            let day = rest.number(2), rest.skip("T"), let hour = rest.number(2), rest.skip(":"),
            let minute = rest.number(2), rest.skip(":"), let second = rest.number(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let fraction = rest.skip(".") ? rest.thousandths() : 0
        guard let fraction, let offset = rest.offset(), rest.isEmpty else { return nil }
        let days = Civil.days(year: year, month: month, day: day)
        let seconds = Int64(days * 86_400 + hour * 3600 + minute * 60 + second - offset)
        return Timestamp(milliseconds: seconds * 1000 + Int64(fraction), utcOffset: offset)
    }
}

extension Int64 {
    fileprivate func flooredQuotient(_ by: Int64) -> Int64 {
        let quotient = self / by
        return self % by < 0 ? quotient - 1 : quotient
    }
}
