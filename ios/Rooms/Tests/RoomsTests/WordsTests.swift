import FieldbookKit
import Foundation
import Testing

@testable import Rooms

/// What the screens say, and how numbers and times read.
@Suite(.timeLimit(.minutes(2))) struct WordsTests {
    private let now = try! Timestamp(text: "2026-11-24T15:00:00+08:00")

    private func formats(_ language: Language) -> Formats {
        let now = now
        return Formats(language, zone: now.zone) { now.date }
    }

    @Test("distances read as a person says them", arguments: [
        (34.6, "35 m", "35 米"), (424, "420 m", "420 米"), (1_234, "1.2 km", "1.2 公里"), (14_400, "14 km", "14 公里"),
    ])
    func distances(metres: Double, en: String, zh: String) {
        #expect(formats(.en).distance(metres) == en)
        #expect(formats(.zh).distance(metres) == zh)
    }

    @Test("amounts keep every cent and carry sign and code", arguments: [
        ("1280", "CNY", "¥1,280.00", "¥1,280.00 CNY"), ("0.5", "EUR", "€0.50", "€0.50 EUR"),
        ("-1234567.005", "USD", "$-1,234,567.005", "$-1,234,567.005 USD"), ("1200", "JPY", "1,200 JPY", "1,200 JPY"),
    ])
    func amounts(amount: String, currency: String, short: String, long: String) throws {
        let money = Money(amount: try Decimal(exactly: amount), currency: currency)
        #expect(formats(.en).money(money) == short)
        #expect(formats(.en).moneyWithCode(money) == long)
    }

    @Test("times say today by the clock and other days by their name")
    func times() throws {
        #expect(formats(.en).day(now.day) == "Tue 24 Nov")
        #expect(formats(.zh).day(now.day) == "11月24日 周二")
        #expect(formats(.en).moment(try Timestamp(text: "2026-11-24T01:05:00Z")) == "09:05")
        #expect(formats(.en).moment(try Timestamp(text: "2026-11-23T09:12:00+08:00")) == "yesterday 09:12")
        #expect(formats(.zh).moment(try Timestamp(text: "2026-11-23T09:12:00+08:00")) == "昨天 09:12")
        #expect(formats(.en).date(Day(year: 2025, month: 11, day: 5)) == "5 Nov 2025")
        #expect(formats(.zh).date(Day(year: 2025, month: 11, day: 5)) == "2025年11月5日")
    }

    @Test("each language has its own words for every state and role")
    func words() {
        for status in ApprovalStatus.allCases {
            #expect(Language.en.strings.approvalStatus(status) != Language.zh.strings.approvalStatus(status))
        }
        #expect(Language(tag: "zh-Hant-TW").strings.visitsDone(5, 8) == "已完成 5 / 8 家")
        #expect(Language(tag: "fr").strings.visitsDone(5, 8) == "5 of 8 visits")
    }

    @Test("a clock that was off is told in a span that a person says", arguments: [
        (-2_879, "the phone’s clock was 47 h behind", "当时手机时钟慢了约 47 小时"), (12, "the phone’s clock was 12 min ahead", "当时手机时钟快了约 12 分钟"),
        (4_400, "the phone’s clock was 3 days ahead", "当时手机时钟快了约 3 天"),
    ])
    func clocks(minutes: Int64, en: String, zh: String) {
        #expect(Language.en.strings.clockWasOff(minutes) == en)
        #expect(Language.zh.strings.clockWasOff(minutes) == zh)
    }

    @Test("an amount is read as people type it", arguments: [
        ("128.5", "128.5"), ("128,50", "128.5"), ("¥1,280.00", "1280"), ("1.280,5", "1280.5"), (" 12 000 ", "12000"), ("1,280", "1280"), ("0.5", "0.5"), (".5", "0.5"), ("5.", "5"),
    ])
    func typed(text: String, amount: String) { #expect(Formats.amount(text)?.exactText == amount) }

    @Test("what is no amount above zero is none", arguments: ["", "much", "0", "-3", "12 apples", "1.2.3", "–"])
    func untyped(text: String) { #expect(Formats.amount(text) == nil) }

    @Test("directions have eight points", arguments: [(0.0, "N", "北"), (44, "NE", "东北"), (359, "N", "北"), (-90, "W", "西"), (180, "S", "南")])
    func directions(degrees: Double, en: String, zh: String) {
        #expect(formats(.en).direction(degrees) == en && formats(.zh).direction(degrees) == zh)
    }
}
