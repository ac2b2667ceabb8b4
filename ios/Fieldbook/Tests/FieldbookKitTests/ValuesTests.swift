import FieldbookKit
import Foundation
import Testing

/// Times, days and amounts between Swift and the library.
@Suite(.timeLimit(.minutes(2))) struct ValuesTests {
    @Test("a time keeps its instant and its offset", arguments: [
        ("2026-11-26T10:00:00.000+08:00", 1_795_658_400_000, 28_800),
        ("1969-12-31T23:59:59.999+00:00", -1, 0),
        ("2024-02-29T23:30:00.250-03:30", 1_709_262_000_250, -12_600),
        ("0001-01-01T00:00:00.000+00:00", -62_135_596_800_000, 0),
    ])
    func times(text: String, milliseconds: Int64, offset: Int) throws {
        let time = try Timestamp(text: text)
        #expect(time.milliseconds == milliseconds)
        #expect(time.utcOffset == offset)
        #expect(time.text == text)
        #expect(time.day.text == text.prefix(10))
    }

    @Test("a time reads with any fraction or none", arguments: ["2026-11-26T02:00:00Z", "2026-11-26T02:00:00.0000001Z"])
    func fractions(text: String) throws {
        #expect(try Timestamp(text: text).text == "2026-11-26T02:00:00.000+00:00")
    }

    @Test("what is no time or day is refused", arguments: ["", "2026-11-26", "2026-13-26T10:00:00Z", "2026-11-26T10:00:00", "2026-11-26T10:00:00.+08:00", "2026-11-26T10:00:00+08:00 "])
    func noTimes(text: String) {
        #expect(throws: Malformed.self) { try Timestamp(text: text) }
        #expect(throws: Malformed.self) { try Day(text: text + "x") }
    }

    @Test("every day of four centuries has its number and the number its day")
    func days() {
        var day = Day(year: 1899, month: 12, day: 31)
        for _ in 0..<146_097 {
            let next = day.adding(days: 1)
            #expect(next > day && next.adding(days: -1) == day)
            day = next
        }
        #expect(day == Day(year: 2299, month: 12, day: 31))
        #expect(Day(year: 1970, month: 1, day: 2).start(in: .gmt) == Date(timeIntervalSince1970: 86_400))
    }

    @Test("an amount is exact and takes no half of a word", arguments: ["128.5", "0.0001", "-3", "79228162514264337593543950335"])
    func amounts(text: String) throws {
        #expect(try Decimal(exactly: text).exactText == text)
        #expect(throws: Malformed.self) { try Decimal(exactly: text + " yuan") }
    }

    @Test("what is no amount is refused whole", arguments: ["", "1.2.3", "1-2", "--1", "-", ".", ".5", "5.", "1e3", "１２"])
    func noAmounts(text: String) {
        #expect(throws: Malformed.self) { try Decimal(exactly: text) }
    }
}
