import Foundation

/// A real server process with an organisation: Grace leads Dana and Marcus.
public final class Office: Sendable {
    /// Where phones reach it.
    public let address: String

    private let data: URL
    private let serving: Serving

    /// The binary `fieldbook`: FIELDBOOK_TARGET names its folder.
    private static let binary = URL(
        fileURLWithPath: ProcessInfo.processInfo.environment["FIELDBOOK_TARGET"] ?? "target/debug"
    ).appendingPathComponent("fieldbook")

    /// Opens an office, gives it to `body` and closes it again.
    public static func open<Value: Sendable>(_ body: @Sendable (Office) async throws -> Value) async throws -> Value {
        let office = try await opened()
        do {
            let value = try await body(office)
            await aside { office.close() }
            return value
        } catch {
            await aside { office.close() }
            throw error
        }
    }

    /// Opens an office; whoever opened it closes it.
    public static func opened() async throws -> Office { try await aside { try Office() } }

    /// The port of ``address`` on this machine.
    var port: UInt16 { URL(string: address).flatMap(\.port).map(UInt16.init) ?? 0 }

    /// Everything as it stands now, in one file: what ``restored(from:)`` takes.
    public func backup() async throws -> URL {
        let file = try Scratch.folder("backup").appendingPathComponent("office.backup")
        try await command("backup", "--to", file.path)
        return file
    }

    /// The same office after a restore, as it was when the backup was made; whoever opened it closes it.
    public static func restored(from backup: URL) async throws -> Office {
        try await aside { try Office(backup: backup) }
    }

    private init(backup: URL) throws {
        data = try Scratch.folder("restored").appendingPathComponent("data")
        _ = try Self.run(["restore", backup.path], in: data)
        serving = try Serving(binary: Self.binary, data: data)
        address = serving.address
    }

    private init() throws {
        data = try Scratch.folder("office")
        for words in [
            ["init", "--name", "Sunrise"],
            ["unit", "add", "South"],
            ["unit", "add", "Team A", "--parent", "South"],
            ["user", "add", "Grace", "--role", "supervisor", "--unit", "South"],
            ["user", "add", "Dana", "--role", "rep", "--unit", "Team A"],
            ["user", "add", "Marcus", "--role", "rep", "--unit", "Team A"],
        ] {
            _ = try Self.run(words, in: data)
        }
        serving = try Serving(binary: Self.binary, data: data)
        address = serving.address
    }

    /// A one-time code for somebody, and the link that carries it.
    public func enrol(_ person: String) async throws -> Enrolment {
        let said = try await command("enrol", person, "--server", address)
        func after(_ label: String) throws -> String {
            guard let line = said.split(separator: "\n").first(where: { $0.hasPrefix(label) }),
                let colon = line.range(of: ": ")
            else { throw OfficeError(said: said) }
            return String(line[colon.upperBound...])
        }
        return Enrolment(code: try after("code for"), link: try after("link"))
    }

    /// Ends the access of a phone.
    public func revoke(_ phone: String) async throws {
        let row = try await command("device", "list").split(separator: "\n").first { $0.contains(phone) }
        guard let id = row?.split(separator: " ").first(where: { $0.count == 36 && $0.contains("-") }) else {
            throw OfficeError(said: "no phone \(phone)")
        }
        try await command("device", "revoke", String(id))
    }

    /// Runs a command of the operator and returns what it says.
    @discardableResult
    public func command(_ words: String...) async throws -> String {
        let data = data
        return try await aside { try Self.run(words, in: data) }
    }

    /// The server goes away, as behind a dead network; what phones hold stays.
    public func close() {
        serving.stop()
        try? FileManager.default.removeItem(at: data)
    }

    private static func run(_ words: [String], in data: URL) throws -> String {
        let process = try Spawned(binary, words + ["--data", data.path], errors: true)
        let said = String(decoding: process.within { process.output.readDataToEndOfFile() }, as: UTF8.self)
        guard process.end() == (0, true) else { throw OfficeError(said: "\(words): \(said)") }
        return said
    }
}

/// What an operator hands over.
public struct Enrolment: Sendable {
    /// The one-time code.
    public let code: String
    /// The link that carries it.
    public let link: String
}

/// The office did not do as it was told.
public struct OfficeError: Error, CustomStringConvertible {
    let said: String
    public var description: String { said }
}
