/// Reads a text of digits and marks from left to right; nothing when it goes on otherwise.
struct Digits {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isEmpty: Bool { rest.isEmpty }

    /// A number of exactly so many digits.
    mutating func number(_ width: Int) -> Int? {
        guard rest.count >= width else { return nil }
        var number = 0
        for byte in rest.prefix(width) {
            guard (0x30...0x39).contains(byte) else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        rest = rest.dropFirst(width)
        return number
    }

    /// The mark, if it comes next.
    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A fraction of any length, in thousandths; what is finer goes.
    mutating func thousandths() -> Int? {
        var (number, places) = (0, 0)
        while let digit = self.number(1) {
            if places < 3 { number = number * 10 + digit }
            places += 1
        }
        for _ in 0..<max(0, 3 - places) { number *= 10 }
        return places == 0 ? nil : number
    }

    /// `Z`, or hours and minutes ahead of UTC, in seconds.
    mutating func offset() -> Int? {
        if skip("Z") { return 0 }
        let isBehind = skip("-")
        guard isBehind || skip("+"), let hours = number(2), skip(":"), let minutes = number(2) else { return nil }
        return (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
