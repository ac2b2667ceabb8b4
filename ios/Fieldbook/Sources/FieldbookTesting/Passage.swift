import Foundation

/// The network between phones and an office: open, or a café's that answers with a page of its own until somebody signs in there.
public final class Passage: @unchecked Sendable {
    private let listener: Listener
    private let lock = NSLock()
    private var office: Office
    private var portal = false
    private var lines: [Line] = []

    /// The way to an office.
    public init(_ office: Office) throws {
        self.office = office
        listener = try Listener()
        Thread.detachNewThread { [weak self, listener] in
            while let line = try? listener.accept(within: 0), let self { self.enter(line) }
        }
    }

    deinit { listener.stop() }

    /// Where phones reach the office through it.
    public var address: String { listener.address }

    /// Does the café answer for the office? Whoever is on the line hears from it.
    public var isPortal: Bool {
        get { lock.withLock { portal } }
        set { change { portal = newValue } }
    }

    /// It leads to another office from now on.
    public func lead(to office: Office) { change { self.office = office } }

    private func change(_ what: () -> Void) {
        lock.withLock {
            what()
            lines.forEach { $0.hangUp() }
            lines = []
        }
    }

    private func enter(_ line: Line) {
        guard let inside = lock.withLock({ portal ? nil : try? Listener.connect(port: office.port) }) else {
            Thread.detachNewThread { Self.welcome(line) }
            return
        }
        lock.withLock { lines += [line, inside] }
        Thread.detachNewThread { Self.pass(line, inside) }
        Thread.detachNewThread { Self.pass(inside, line) }
    }

    private static func pass(_ from: Line, _ to: Line) {
        while let data = try? from.read(), !data.isEmpty {
            do { try to.write(data) } catch { break }
        }
        from.hangUp()
        to.hangUp()
    }

    private static func welcome(_ line: Line) {
        _ = try? line.read()
        let page = "<html><body>Welcome to the café. Please sign in.</body></html>"
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: \(page.utf8.count)\r\nconnection: close\r\n\r\n"
        try? line.write(Data((head + page).utf8))
        // Closing with something unread would reset the connection before the page is read.
        while let rest = try? line.read(), !rest.isEmpty {}
    }
}
