import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A door on loopback that takes connections and says nothing by itself.
public final class Listener: Sendable {
    private let socket: Int32
    private let port: UInt16

    /// Opens it at a port that is free.
    public init() throws {
        let socket = try Self.stream()
        var address = Self.loopback(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 16) == 0 && getsockname(socket, address, &length) == 0
            }
        }
        guard bound else { throw Waited(description: "no socket: \(errno)") }
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { _ = close(socket) }

    /// Where phones find it.
    public var address: String { "http://127.0.0.1:\(port)" }

    /// An address where nobody listens: the door was there a moment ago.
    public func closedAddress() -> String {
        stop()
        return address
    }

    /// Nobody comes in any more.
    public func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

    /// The next connection.
    ///
    /// - Parameter limit: seconds that only a failing test waits, also for each ``Line/read()``; zero waits as long as it takes.
    public func accept(within limit: Int = 20) throws -> Line {
        Line.limit(socket, seconds: limit)
        #if canImport(Glibc)
            let line = Glibc.accept(socket, nil, nil)
        #else
            let line = Darwin.accept(socket, nil, nil)
        #endif
        guard line >= 0 else { throw Waited(description: "nobody came: \(errno)") }
        Line.limit(line, seconds: limit)
        return Line(socket: line)
    }

    /// A connection to a port of this machine.
    static func connect(port: UInt16) throws -> Line {
        let socket = try stream()
        var address = loopback(port: port)
        let isThere = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                #if canImport(Glibc)
                    Glibc.connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                #else
                    Darwin.connect(socket, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                #endif
            }
        }
        let line = Line(socket: socket)
        guard isThere else { throw Waited(description: "nobody listens: \(errno)") }
        return line
    }

    private static func stream() throws -> Int32 {
        #if canImport(Glibc)
            let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard socket >= 0 else { throw Waited(description: "no socket: \(errno)") }
        return socket
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
