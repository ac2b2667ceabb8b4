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
