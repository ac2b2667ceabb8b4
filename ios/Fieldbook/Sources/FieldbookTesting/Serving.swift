import Foundation

/// A server process; it says where it listens before anything else.
struct Serving: Sendable {
    let address: String
    private let process: Spawned

    init(binary: URL, data: URL) throws {
        let process = try Spawned(binary, ["serve", "--data", data.path, "--listen", "127.0.0.1:0"], errors: false)
        self.process = process
        var said = Data()
        try process.within {
            while !said.contains(UInt8(ascii: "\n")) {
                let more = process.output.availableData
                if more.isEmpty { throw OfficeError(said: "the server said nothing") }
                said += more
            }
        }
        let line = String(decoding: said, as: UTF8.self)
        guard let label = line.range(of: "listening on "), let end = line.firstIndex(of: "\n") else {
            throw OfficeError(said: line)
        }
        address = line[label.upperBound..<end].trimmingCharacters(in: .whitespaces)
    }

    func stop() {
        // It inherits the mask of the thread that started it, and libdispatch's threads block SIGTERM.
        process.signal(SIGKILL)
        _ = process.end()
    }
}
