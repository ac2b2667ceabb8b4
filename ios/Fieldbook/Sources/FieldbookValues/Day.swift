import Foundation

/// A day of the calendar.
public struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The year.
    public let year: Int

    /// 1 to 12.
    public let month: Int

    /// 1 to 31.
    public let day: Int

    /// A day by its numbers.
    public init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day of a moment, where the clocks are those of `zone`.
    public init(_ date: Date, in zone: TimeZone = .current) {
        self = Timestamp(date, in: zone).day
    }

    /// Reads `2026-11-26`.
    ///
    /// - Throws: ``Malformed`` when it is none.
    public init(text: String) throws {
        var rest = Digits(text)
        guard let year = rest.number(4), rest.skip("-"), let month = rest.number(2), rest.skip("-"),
            let day = rest.number(2), rest.isEmpty, (1...12).contains(month), (1...31).contains(day)
        else { throw Malformed(what: "day", text: text) }
        self.init(year: year, month: month, day: day)
    }

    /// The day so many days later, or earlier when `days` is negative.
    public func adding(days: Int) -> Day {
        let civil = Civil.date(days: Civil.days(year: year, month: month, day: day) + days)
        return Day(year: civil.year, month: civil.month, day: civil.day)
    }

    /// The moment this day begins, where the clocks are those of `zone`.
    public func start(in zone: TimeZone = .current) -> Date {
        let midnight = TimeInterval(Civil.days(year: year, month: month, day: day) * 86_400)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: midnight))
        return Date(timeIntervalSince1970: midnight - TimeInterval(offset))
    }

    /// As ISO 8601 writes it.
    public var text: String { Civil.padded(year, 4) + "-" + Civil.padded(month, 2) + "-" + Civil.padded(day, 2) }

    public var description: String { text }

    public static func < (one: Day, other: Day) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }
}
