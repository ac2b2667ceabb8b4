import FieldbookKit
import Observation

/// The door of a customer, at the start, the end or a cancel of a visit: asks the phone where it is, and never waits for the answer.
/// Whoever is in a hurry goes on without a position.
@Observable @MainActor
public final class Door: Room {
    /// What asking for the position brought; nil while the phone looks.
    public private(set) var fix: Fix?

    /// What a check-in here would say.
    public private(set) var judgement: Judgement?

    /// The ready reason that was chosen.
    public var reason: Words?

    /// Is this place to be proposed as the customer's?
    public var proposes = false

    /// The reason in the person's own words.
    public let words: Draft

    public var problem: FieldbookError?

    private let workplace: Workplace
    private let customer: CustomerId

    /// The door of a customer.
    public init(workplace: Workplace, customer: CustomerId) {
        (self.workplace, self.customer) = (workplace, customer)
        words = workplace.draft("away/\(customer)")
    }

    /// The reading to check in with; none while the phone still looks.
    public var reading: Reading? { fix?.reading }

    /// Is it in doubt whether the person is there? Then they may say why.
    public var isInDoubt: Bool { fix != nil && judgement.map { $0.verdict != .inside } == true }

    /// Does doubt ask for a reason? A reading at a customer without a place becomes the place instead.
    public var asksForReason: Bool { isInDoubt && (reading == nil || judgement?.distanceM != nil) }

    /// Looks where the phone is and what a check-in would say.
    public func look() async {
        (fix, judgement) = (nil, nil)
        await attempt {
            let found = try await workplace.locate()
            judgement = try await workplace.session.visits.judge(customer, reading: found.reading)
            fix = found
        }
    }

    /// The distance and the verdict, or why there is none.
    public func said(_ strings: any Strings, _ formats: Formats) -> String {
        switch fix {
        case nil: return strings.lookingForPlace
        case .notFound: return strings.noPlace
        case .notAllowed: return strings.placeNotAllowed
        case .off: return strings.placeOff
        case .found(let reading):
            guard let judgement, let distance = judgement.distanceM else { return strings.noAddressPlace }
            let metres = formats.distance(distance)
            let far = judgement.verdict == .inside ? strings.fromTheDoor(metres) : strings.fromTheAddress(metres)
            return "\(far) (±\(formats.distance(reading.accuracyM))) · \(strings.verdict(judgement.verdict))"
        }
    }

    /// The reason to check in with, in the language of the person.
    func reasonSaid(_ strings: any Strings) -> String? {
        if fix != nil, !isInDoubt { return nil }
        let said = [reason?.text(in: strings.language), words.filled].compactMap(\.self)
        return said.isEmpty ? nil : said.joined(separator: strings.comma)
    }

    /// After the check-in: the place is proposed when the person said so, and the words are used up.
    func passed() async throws {
        if proposes, let here = reading?.position {
            try await workplace.session.customers.edit(customer, [.place(position: here)])
        }
        words.done()
        (reason, proposes) = (nil, false)
    }
}
