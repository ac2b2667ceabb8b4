import Foundation

extension Decimal {
    /// Reads a decimal number with a point, whatever the phone's locale is.
    ///
    /// - Throws: ``Malformed`` when it is none.
    public init(exactly text: String) throws {
        // Decimal(string:) takes "12 apples" for 12, and "1.2.3" for 1.2.
        let isPlain = text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?/) != nil
        guard isPlain, let read = Decimal(string: text, locale: Locale(identifier: "en_US_POSIX")) else {
            throw Malformed(what: "amount", text: text)
        }
        self = read
    }

    /// This number with a point, without grouping.
    public var exactText: String { NSDecimalNumber(decimal: self).description(withLocale: Locale(identifier: "en_US_POSIX")) }
}
