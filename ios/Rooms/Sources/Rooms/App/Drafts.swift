import Foundation
import Observation

/// Text that somebody typed and that is no record yet. It outlives the screen and the app.
@MainActor
public protocol Drafts: AnyObject {
    /// What was typed under a name; nil when nothing was.
    func text(of name: String) -> String?

    /// Keeps what is typed; blank text is forgotten.
    func keep(_ text: String, as name: String)
}

/// Drafts as small files in a folder, one each. Typing only touches memory; a task writes behind it.
@MainActor
public final class FileDrafts: Drafts {
    private var texts: [String: String] = [:]
    private let changes: AsyncStream<(URL, String?)>.Continuation
    private let writer: Task<Void, Never>
    private let folder: URL

    /// The drafts in a folder, which is private to the app and in no backup; without one they end with the process.
    public init(folder: URL?) {
        self.folder = folder ?? URL(fileURLWithPath: "/dev/null")
        let (stream, changes) = AsyncStream.makeStream(of: (URL, String?).self)
        self.changes = changes
        writer = Task.detached(priority: .utility) { for await (file, text) in stream { Self.write(text, to: file) } }
        guard let folder else { return }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        for file in files where file.pathExtension == Self.ending {
            guard let name = Self.name(of: file), let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            texts[name] = text
        }
    }

    deinit { changes.finish() }

    public func text(of name: String) -> String? { texts[name] }

    public func keep(_ text: String, as name: String) {
        let isBlank = text.allSatisfy(\.isWhitespace)
        texts[name] = isBlank ? nil : text
        changes.yield((file(of: name), isBlank ? nil : text))
    }

    /// Waits until all of it is on the disk, after which nothing more is kept: for the end of a test.
    public func close() async {
        changes.finish()
        await writer.value
    }

    /// A full disk does not stop the typing: the text stays in memory, and the next letter tries again.
    nonisolated private static func write(_ text: String?, to file: URL) {
        if let text { try? Data(text.utf8).write(to: file, options: .atomic) } else { try? FileManager.default.removeItem(at: file) }
    }

    /// Names hold slashes and anything a person chose: files are called by their bytes.
    private func file(of name: String) -> URL {
        let hex = name.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return folder.appendingPathComponent(hex).appendingPathExtension(Self.ending)
    }

    private static func name(of file: URL) -> String? {
        let digits = Array(file.deletingPathExtension().lastPathComponent)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        return String(validating: bytes, as: UTF8.self)
    }

    private static let ending = "draft"
}

/// One field that is typed into: its text is a draft from the first letter on.
@Observable @MainActor
public final class Draft {
    /// What is in the field.
    public var text: String {
        didSet {
            guard text != oldValue else { return }
            isTyped = true
            drafts.keep(text, as: name)
        }
    }

    /// Was something typed, or emptied, that the record does not say yet?
    @ObservationIgnored public private(set) var isTyped: Bool

    @ObservationIgnored private let drafts: any Drafts
    @ObservationIgnored private let name: String

    /// The field of that name; with `before` in it unless something else was typed.
    public init(_ name: String, in drafts: any Drafts, before: String = "") {
        (self.drafts, self.name) = (drafts, name)
        let kept = drafts.text(of: name)
        (text, isTyped) = (kept ?? before, kept != nil)
    }

    /// What is in the field, without blanks around it.
    public var trimmed: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }

    /// The same; nil when there is nothing.
    public var filled: String? { trimmed.isEmpty ? nil : trimmed }

    /// Is there something that was typed and is no record yet?
    public var isKept: Bool { drafts.text(of: name) != nil }

    /// Shows what the record says, unless something was typed before.
    public func show(_ recorded: String) {
        if !isKept { put(recorded) }
    }

    /// It became a record: the field begins anew.
    public func done(after: String = "") { put(after) }

    private func put(_ new: String) {
        text = new
        drafts.keep("", as: name)
        isTyped = false
    }
}
