import FieldbookKit
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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

/// A door on loopback that takes connections and says nothing.
final class Listener: Sendable {
    private let socket: Int32
    private let port: UInt16

    init() throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 4) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard bound else { throw Unexpected("no socket: \(errno)") }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(socket) }

    var address: String { "http://127.0.0.1:\(port)" }

    /// An address where nobody listens: the door was there a moment ago.
    func closedAddress() -> String {
        shutdown(socket, Int32(SHUT_RDWR))
        return address
    }

    /// The next connection; a wait of twenty seconds that only a failing test uses up.
    func accept() throws -> Line {
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        #if canImport(Glibc)
            let line = Glibc.accept(socket, nil, nil)
        #else
            let line = Darwin.accept(socket, nil, nil)
        #endif
        guard line >= 0 else { throw Unexpected("nobody came: \(errno)") }
        setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return Line(socket: line)
    }

    /// One connection.
    final class Line: Sendable {
        private let socket: Int32
        fileprivate init(socket: Int32) { self.socket = socket }
        deinit { close(socket) }

        /// What comes next; empty when the other side has let go.
        func read() throws -> String {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Unexpected("the connection is still held: \(errno)") }
            return String(decoding: buffer[..<count], as: UTF8.self)
        }
    }
}
