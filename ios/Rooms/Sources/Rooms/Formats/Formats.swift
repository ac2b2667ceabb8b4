import FieldbookKit
import Foundation

/// How numbers, distances, amounts and times read in a language, as a person says them.
public struct Formats: Sendable {
    private let language: Language
    private let zone: TimeZone
    private let now: @Sendable () -> Date

    /// The formats of a language.
    ///
    /// - Parameters:
    ///   - zone: the place's own time.
    ///   - now: the clock; a test gives its own.
    public init(_ language: Language, zone: TimeZone = .current, now: @escaping @Sendable () -> Date = { Date() }) {
        self.language = language
        self.zone = zone
        self.now = now
    }

    /// Today, here.
    public var today: Day { Day(now(), in: zone) }

    /// Metres as a person says them: 35 m, 420 m, 1.2 km, 14 km.
    public func distance(_ metres: Double) -> String {
        let (metre, kilometre) = isChinese ? ("米", "公里") : ("m", "km")
        if metres < 100 { return "\(Int(metres.rounded())) \(metre)" }
        if metres < 995 { return "\(Int((metres / 10).rounded()) * 10) \(metre)" }
        let tenths = Int((metres / 100).rounded())
        if metres < 9_950 { return "\(tenths / 10).\(tenths % 10) \(kilometre)" }
        return "\(Int((metres / 1000).rounded())) \(kilometre)"
    }

    /// Which way, in eight points: NE, 东北. Degrees clockwise from north.
    public func direction(_ degrees: Double) -> String {
        let point = ((Int((degrees / 45).rounded()) % 8) + 8) % 8
        return (isChinese ? Self.pointsZh : Self.points)[point]
    }

    /// 1,280.
    public func count(_ number: some BinaryInteger) -> String { grouped(String(number)) }

    /// A heading with how many stand below it.
    public func counted(_ title: String, _ number: Int) -> String { "\(title)  \(count(number))" }

    /// ¥1,280.00: the sign a person writes, or the code of the currency where there is none.
    public func money(_ money: Money) -> String {
        let least = Self.withoutCents.contains(money.currency) ? 0 : 2
        let parts = money.amount.exactText.split(separator: ".", maxSplits: 1)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let cents = fraction + String(repeating: "0", count: max(0, least - fraction.count))
        let amount = grouped(String(parts[0])) + (cents.isEmpty ? "" : "." + cents)
        return Self.signs[money.currency].map { $0 + amount } ?? "\(amount) \(money.currency)"
    }

    /// ¥1,280.00 CNY: with the code, where signs alone could be mistaken.
    public func moneyWithCode(_ money: Money) -> String {
        Self.signs[money.currency] == nil ? self.money(money) : "\(self.money(money)) \(money.currency)"
    }

    /// What a person typed as an amount: 128.5, 128,50, ¥1,280.00; nil when it is no amount above zero.
    public static func amount(_ typed: String) -> Decimal? {
        let text = typed.filter { !$0.isWhitespace && !"¥$€£".contains($0) }
        let (comma, dot) = (text.lastIndex(of: ","), text.lastIndex(of: "."))
        // A comma with one or two digits after it, and no dot behind, is a decimal comma.
        let isDecimal = comma.map { comma in dot.map { $0 < comma } ?? true && text[comma...].count <= 3 } ?? false
        let plain = isDecimal
            ? text.replacingOccurrences(of: ".", with: "").replacingOccurrences(of: ",", with: ".")
            : text.replacingOccurrences(of: ",", with: "")
        // ".5" and "5." are on the way to an amount, and a person means what they are so far.
        let whole = (plain.hasPrefix(".") ? "0" : "") + plain + (plain.hasSuffix(".") ? "0" : "")
        return (try? Decimal(exactly: whole)).flatMap { $0 > 0 ? $0 : nil }
    }

    /// 14:05
    public func time(_ at: Timestamp) -> String { String(at.text.dropFirst(11).prefix(5)) }

    /// Tue 24 Nov, 11月24日 周二.
    public func day(_ day: Day) -> String {
        isChinese ? "\(day.month)月\(day.day)日 \(weekday(day))" : "\(weekday(day)) \(dayAndMonth(day))"
    }

    /// A day of a list: today, yesterday, 5 Nov, 5 Nov 2025.
    public func date(_ day: Day) -> String {
        if day == today { return isChinese ? "今天" : "today" }
        if day == today.adding(days: -1) { return isChinese ? "昨天" : "yesterday" }
        if day == today.adding(days: 1) { return isChinese ? "明天" : "tomorrow" }
        let year = isChinese || day.year == today.year ? "" : " \(day.year)"
        return dayAndMonth(day) + year
    }

    /// A moment of a list: 14:05 today, yesterday 14:05, 5 Nov.
    public func moment(_ at: Timestamp) -> String { moment(at.date) }

    /// The same of an instant, in the place's own time.
    public func moment(_ at: Date) -> String {
        let here = Timestamp(at, in: zone)
        if here.day == today { return time(here) }
        let near = [today.adding(days: -1), today.adding(days: 1)].contains(here.day)
        return near ? "\(date(here.day)) \(time(here))" : date(here.day)
    }

    /// The day of an instant, here.
    public func dayOf(_ at: Date) -> Day { Day(at, in: zone) }

    private var isChinese: Bool { language == .zh }

    private func dayAndMonth(_ day: Day) -> String {
        if !isChinese { return "\(day.day) \(Self.months[day.month - 1])" }
        let year = day.year == today.year ? "" : "\(day.year)年"
        return "\(year)\(day.month)月\(day.day)日"
    }

    private func weekday(_ day: Day) -> String {
        // 1970-01-01 was a Thursday.
        let days = Int(day.start(in: .gmt).timeIntervalSince1970 / 86_400)
        let index = ((days + 3) % 7 + 7) % 7
        return isChinese ? "周" + Self.weekdaysZh[index] : Self.weekdays[index]
    }

    private func grouped(_ digits: String) -> String {
        let isNegative = digits.hasPrefix("-")
        var (groups, rest): ([Substring], Substring) = ([], isNegative ? digits.dropFirst() : digits[...])
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return (isNegative ? "-" : "") + ([rest] + groups).joined(separator: ",")
    }

    private static let signs = ["CNY": "¥", "EUR": "€", "USD": "$", "GBP": "£"]
    private static let withoutCents: Set<String> = ["JPY", "KRW", "VND"]
    private static let points = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"]
    private static let pointsZh = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"]
    private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let weekdaysZh = ["一", "二", "三", "四", "五", "六", "日"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
