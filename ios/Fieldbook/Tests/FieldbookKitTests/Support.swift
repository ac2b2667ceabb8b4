import FieldbookKit
import Foundation

/// The error of a call; nil when there was none.
func failure(_ call: () async throws -> Void) async -> FieldbookError? {
    do {
        try await call()
        return nil
    } catch {
        return error as? FieldbookError ?? .Platform(detail: "\(error)", words: Words(en: "", zh: ""))
    }
}

/// Something else than the story says.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ what: Any?) { description = what.map { "\($0)" } ?? "nothing" }
}
