import FieldbookTesting
import Foundation

/// An app in a process of its own, which is killed while it writes.
enum KilledApp {
    /// Starts it over a folder, kills it (SIGKILL) after so many entries and answers how many it called saved.
    static func writeUntilKilled(_ folder: URL, entries: Int) throws -> Int {
        let app = try Spawned(built, [folder.path], errors: false)
        var (said, saved, isKilled) = (Data(), 0, false)
        app.within {
            while case let more = app.output.availableData, !more.isEmpty {
                said += more
                saved = said.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true).count
                if said.last != UInt8(ascii: "\n") { saved -= 1 }
                if saved >= entries, !isKilled {
                    app.signal(SIGKILL)
                    isKilled = true
                }
            }
        }
        let end = app.end()
        guard isKilled, end == (SIGKILL, false) else { throw Unexpected("it ended by itself: \(end)") }
        return saved
    }

    /// Beside the tests, where the build puts every product of the package.
    private static var built: URL {
        #if os(Linux)
            let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        #else
            // The process is Xcode's own there, and the tests are a bundle in it.
            let tests = Bundle(for: Here.self).bundleURL
        #endif
        return tests.deletingLastPathComponent().appendingPathComponent("KilledPhone")
    }

    private final class Here {}
}
