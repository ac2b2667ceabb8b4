import Foundation
import Testing

/// The app's own colours against what they stand on, as WCAG 2 measures contrast: 4.5 to 1 for text (AA), in both themes.
@Suite(.timeLimit(.minutes(2))) struct ColoursTests {
    /// What the system puts behind lists, cells and sheets: iOS's (grouped) backgrounds.
    private let grounds = ["light": ["FFFFFF", "F2F2F7"], "dark": ["000000", "1C1C1E", "2C2C2E"]]

    @Test("text in each colour of the app reads in sunlight and in the dark", arguments: ["light", "dark"])
    func contrast(theme: String) throws {
        let colours = try catalogue().mapValues { try #require($0[theme]) }
        let accent = try #require(colours["AccentColor"])
        for (name, colour) in colours {
            // On the accent stands what a primary button says, everything else on the system's grounds.
            let behind = name == "OnAccent" ? [accent] : try #require(grounds[theme]).map(Self.parts)
            for ground in behind {
                let ratio = Self.ratio(colour, ground)
                #expect(ratio >= 4.5, "\(name), \(theme): \(ratio)")
            }
        }
    }

    @Test("the formula says what WCAG says")
    func formula() {
        #expect(abs(Self.ratio(Self.parts("000000"), Self.parts("FFFFFF")) - 21) < 0.01)
        #expect(abs(Self.ratio(Self.parts("777777"), Self.parts("FFFFFF")) - 4.48) < 0.01)
    }

    @Test("views name only colours of the catalogue, and no grey of the system's that is too light")
    func used() throws {
        let names = Set(try catalogue().keys)
        #expect(names.count == 4)
        for file in try files("App/Fieldbook", "swift") {
            let source = try String(contentsOf: file, encoding: .utf8)
            for colour in source.matches(of: /Color\(([^)]*)\)/) {
                for name in colour.1.matches(of: /"(\w+)"/) { #expect(names.contains(String(name.1)), "\(file.lastPathComponent): \(name.1)") }
            }
            for grey in [".secondary", ".tertiary", ".gray"] { #expect(!source.contains(grey), "\(file.lastPathComponent): \(grey)") }
        }
    }

    /// Each colour by its name, red, green and blue by theme.
    private func catalogue() throws -> [String: [String: [Double]]] {
        var all: [String: [String: [Double]]] = [:]
        for file in try files("App/Fieldbook/Assets.xcassets", "json") {
            let folder = file.deletingLastPathComponent()
            guard folder.pathExtension == "colorset" else { continue }
            for entry in try JSONDecoder().decode(ColourSet.self, from: Data(contentsOf: file)).colors {
                let theme = entry.appearances?.first?.value ?? "light"
                let parts = entry.color.components
                all[folder.deletingPathExtension().lastPathComponent, default: [:]][theme] = [parts.red, parts.green, parts.blue].map {
                    Double(UInt8($0.dropFirst(2), radix: 16) ?? 0) / 255
                }
            }
        }
        return all
    }

    private func files(_ folder: String, _ ending: String) throws -> [URL] {
        let ios = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let found = FileManager.default.enumerator(at: ios.appendingPathComponent(folder), includingPropertiesForKeys: nil)
        let all = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == ending }
        return all.isEmpty ? try #require(nil, "\(folder)") : all
    }

    private static func parts(_ hex: String) -> [Double] {
        let number = UInt32(hex, radix: 16) ?? 0
        return [16, 8, 0].map { Double(number >> $0 & 0xFF) / 255 }
    }

    private static func ratio(_ one: [Double], _ other: [Double]) -> Double {
        let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
        return (light + 0.05) / (dark + 0.05)
    }

    /// Relative luminance (WCAG 2.2, 3.1).
    private static func luminance(_ parts: [Double]) -> Double {
        let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

private struct ColourSet: Decodable {
    struct Entry: Decodable {
        struct Appearance: Decodable { let value: String }
        struct Colour: Decodable { let components: Components }
        struct Components: Decodable { let red: String, green: String, blue: String }
        let appearances: [Appearance]?
        let color: Colour
    }
    let colors: [Entry]
}
