import Foundation

extension Decimal {
    /// Reads a decimal number with a point, whatever the phone's locale is.
    ///
    /// - Throws: ``Malformed`` when it is none.
    public init(exactly text: String) throws {
        // Decimal(string:) takes "12 apples" for 12.
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }
        guard isPlain, let read = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
            throw Malformed(what: "amount", text: text)
        }
        self = read
    }

    /// This number with a point, without grouping.
    public var exactText: String { NSDecimalNumber(decimal: self).description(withLocale: Locale(identifier: "en_US_POSIX")) }
}
