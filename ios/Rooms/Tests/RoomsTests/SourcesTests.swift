import Foundation
import Testing

/// What can be told of words and views by reading them: that nothing is missing or left over in either language, and that no screen has
/// words, sizes or colours of its own.
@Suite(.timeLimit(.minutes(2))) struct SourcesTests {
    private let ios = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("every sentence is in both languages: English without Chinese letters, Chinese with them")
    func languages() throws {
        // Names, numbers and signs that read the same in Chinese.
        let same: Set<String> = ["serverHint", "comma"]
        for (name, file) in try sources("Rooms/Sources/Rooms/Words") {
            let parts = file.components(separatedBy: "\nextension Chinese {")
            guard parts.count == 2, let english = parts[0].components(separatedBy: "\nextension English {").last else { continue }
            for line in english.split(separator: "\n") { #expect(!line.contains(han), "\(name): \(line)") }
            for line in parts[1].split(separator: "\n") {
                guard let sentence = line.firstMatch(of: sentence), !same.contains(String(sentence.1)) else { continue }
                #expect(String(sentence.2).contains(han), "\(name): \(line)")
            }
        }
    }

    @Test("no word is left over")
    func used() throws {
        let readers = try sources("App/Fieldbook") + sources("Rooms/Sources/Rooms")
        var uses: [Substring: Int] = [:]
        for (_, file) in readers {
            for name in file.utf8.split(whereSeparator: { !isName($0) }) { uses[Substring(name), default: 0] += 1 }
        }
        let words = try sources("Rooms/Sources/Rooms/Words").flatMap { $0.1.matches(of: declared).map(\.1) }
        #expect(words.count > 200)
        // Declared once, and once in each language.
        for word in words { #expect(uses[word, default: 0] > 3, "\(word)") }
    }

    private func isName(_ byte: UInt8) -> Bool { byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) }

    @Test("screens take words from the languages, sizes from the person's settings and colours from the system")
    func views() throws {
        for (name, file) in try sources("App/Fieldbook") {
            for line in file.split(separator: "\n") where !line.contains("//") {
                #expect(line.firstMatch(of: literal) == nil || line.contains("English") || line.contains("简体中文"), "\(name): \(line)")
                #expect(line.firstMatch(of: key) == nil, "a literal is looked up as a key of a table: \(name): \(line)")
                for fixed in [".system(size", "lineLimit(1)", "Color(red", "UIColor", "frame(width", "frame(height"] {
                    #expect(!line.contains(fixed), "\(name): \(line)")
                }
            }
        }
    }

    @Test("every row that is read as one, and every mark, has words for VoiceOver")
    func voiceOver() throws {
        for (name, file) in try sources("App/Fieldbook") {
            // A picture alone stands only in the icon of a label, whose title is read.
            let pictures = file.ranges(of: "Image(").count
            let labels = file.ranges(of: "} icon: {").count
            #expect(pictures == labels, "\(name)")
            #expect(file.ranges(of: "TextField(").count <= file.ranges(of: ".accessibilityLabel(").count, "\(name)")
        }
    }

    private func sources(_ folder: String) throws -> [(String, String)] {
        let root = ios.appendingPathComponent(folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let swift = files.filter { $0.pathExtension == "swift" }
        #expect(!swift.isEmpty, "\(root.path)")
        return try swift.map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
    }

    private var han: Regex<Substring> { /\p{Han}/ }

    /// A sentence of one word: its name and what it says.
    private var sentence: Regex<(Substring, Substring, Substring)> { /public (?:var|func) (\w+).*?\{.*?"(.*)"/ }

    /// A word that a language has to have.
    private var declared: Regex<(Substring, Substring)> { /\n    (?:var|func) (\w+)/ }

    /// A literal where SwiftUI takes the key of a table of words, and reads Markdown in what is put in.
    private var key: Regex<Substring> { /(?:Text|Button|Label|Section|TextField|Toggle|Picker|DisclosureGroup|ProgressView|ShareLink|Link|navigationTitle)\("/ }

    /// Words in a view.
    private var literal: Regex<Substring> { /(?:Text|Button|Label|Section|TextField|Toggle|Picker)\((?:verbatim: )?"[^"\\]*\p{L}{2}/ }
}
