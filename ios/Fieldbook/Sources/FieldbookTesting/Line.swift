import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One connection.
public final class Line: Sendable {
    private let socket: Int32

    init(socket: Int32) {
        self.socket = socket
        #if canImport(Darwin)
            var isOn: Int32 = 1
            setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit { _ = close(socket) }

    /// What comes next; empty when the other side has let go.
    public func read() throws -> Data {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Waited(description: "the connection is still held: \(errno)") }
        return Data(buffer[..<count])
    }

    /// Says all of it, unless the other side has let go.
    public func write(_ data: Data) throws {
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        var rest = data
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(socket, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { throw Waited(description: "nobody listens any more: \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Both sides hear that it is over.
    public func hangUp() { shutdown(socket, Int32(SHUT_RDWR)) }

    static func limit(_ socket: Int32, seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
}
