import FieldbookBindings
import Foundation

/// The languages every message ships in.
public enum Language: String, Sendable, CaseIterable, Codable {
    /// English.
    case en

    /// 简体中文.
    case zh

    /// The language for a tag such as `zh-Hans-CN`: 简体中文 for Chinese, English for everything else.
    public init(tag: String) { self = tag.lowercased().hasPrefix("zh") ? .zh : .en }

    /// The language that the person chose on this phone.
    public static var preferred: Language { Language(tag: Locale.preferredLanguages.first ?? "en") }
}

extension Words {
    /// The message in `language`.
    public func text(in language: Language) -> String { language == .zh ? zh : en }
}

extension FieldbookError {
    /// What to say to the person: what happened, what is safe, what to do.
    public var words: Words {
        switch self {
        case .Refused(_, _, let words), .Missing(let words), .NotSignedIn(let words), .SignInEnded(let words),
            .Code(let words), .Unreachable(let words), .Busy(_, let words), .Portal(let words),
            .WrongServer(let words), .Update(let words), .FileDamaged(let words), .RecordDamaged(let words),
            .KeyLost(_, _, let words), .Storage(_, _, let words), .Platform(_, let words),
            .Defect(_, let words):
            words
        case .Cancelled: Words(en: "It was stopped. Nothing is lost.", zh: "已停止，内容没有丢失。")
        }
    }
}

extension FieldbookError: LocalizedError {
    /// ``words`` in the language that the person chose on this phone.
    public var errorDescription: String? { words.text(in: .preferred) }
}
