import FieldbookKit

/// Everything the screens say. Each language is written on its own and not translated word by word; a sentence that one of them lacks
/// does not compile. What the system shows for the app (permissions, its name) is in the app's resources.
public protocol Strings: CommonStrings, StartStrings, DayStrings, VisitStrings, CustomerStrings, RequestStrings, PhoneStrings {
    /// The language of these.
    var language: Language { get }

    /// The result of a step.
    func stepValue(_ value: StepValue) -> String

    /// What happened, as a heading of a timeline.
    func happened(_ item: TimelineItem) -> String
}

extension Language {
    /// What the screens say in this language.
    public var strings: any Strings {
        switch self {
        case .en: English()
        case .zh: Chinese()
        }
    }
}

/// English.
public struct English: Strings {
    /// These words.
    public init() {}
    public var language: Language { .en }
}

/// 简体中文.
public struct Chinese: Strings {
    /// These words.
    public init() {}
    public var language: Language { .zh }
}

extension Strings {
    /// What a field of a form says.
    public func value(_ value: FormValue?) -> String {
        switch value {
        case nil: notFilledIn
        case .yesNo(let isSo): isSo ? yes : no
        case .text(let text): text
        }
    }

    /// What changed in a request since somebody looked, before and after side by side.
    public func differences(_ difference: ApprovalDifference, on page: ApprovalPage) -> [String] {
        let formats = Formats(language)
        func said(_ line: ExpenseLine) -> String { "\(line.name(in: page.form, language)) \(formats.money(line.amount))" }
        let title = difference.titleBefore.map { "\($0) → \(page.approval.title)" }
        let sum = difference.totalBefore.map { "\(total) \(formats.money($0)) → \(formats.money(page.approval.total))" }
        let fields = difference.fields.map { field in
            let label = page.form?.fields.first { $0.name == field.name }?.label.text(in: language) ?? field.name
            return "\(label): \(value(field.before)) → \(value(field.after))"
        }
        let lines =
            difference.changed.map { "\(said($0.before)) → \(said($0.after))" } + difference.added.map { "+ \(said($0))" }
            + difference.removed.map { "− \(said($0))" }
        return [title, sum].compactMap(\.self) + fields + lines + (difference.moved ? [linkedElsewhere] : [])
    }
}

extension RequestForm {
    /// What a category is called in this form; its own name where the form does not know it.
    public func categoryName(_ name: String, _ language: Language) -> String {
        lines?.categories.first { $0.name == name }?.label.text(in: language) ?? name
    }
}

extension ExpenseLine {
    /// What its category is called.
    public func name(in form: RequestForm?, _ language: Language) -> String { form?.categoryName(category, language) ?? category }
}

extension Strings {
    /// What a wish about a customer is called.
    public func title(of kind: CustomerWish.Kind) -> String {
        switch kind {
        case .claim: claim
        case .release: release
        case .owner: askOwner
        case .grade: askGrade
        }
    }

    /// What is odd about a request.
    public func oddities(_ item: InboxItem) -> [String] {
        [
            item.saw == nil ? nil : changedSinceYouDecided,
            item.overLimitBy.map { overLimitBy(Formats(language).money($0)) },
            item.approval.duplicates > 0 ? receiptSeenBefore(Int(item.approval.duplicates)) : nil,
            item.approval.overLimits > 0 && item.overLimitBy == nil ? categoryOverLimit : nil,
            item.unlinked ? noVisit : nil,
            item.doubtfulPlace ? placeInDoubt : nil,
        ].compactMap(\.self)
    }
}
