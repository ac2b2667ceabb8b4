import FieldbookKit
import Foundation
import Network

/// Whether there is a network, and a call when it comes back.
public final class NetworkMonitor: PlatformConnectivity {
    private let monitor = NWPathMonitor()

    /// Watches the network from now on.
    ///
    /// - Parameter isBack: called when there is one (again); wake sync then.
    public init(isBack: @escaping @Sendable () -> Void) {
        monitor.pathUpdateHandler = { path in if path.status == .satisfied { isBack() } }
        monitor.start(queue: DispatchQueue(label: "org.fieldbook.network"))
    }

    deinit { monitor.cancel() }

    /// Is there a network, as far as iOS knows?
    public func isOnline() throws -> Bool { monitor.currentPath.status == .satisfied }
}
