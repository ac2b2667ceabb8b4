@_exported import Foundation

public struct NWPath: Sendable { public enum Status: Sendable { case satisfied, unsatisfied, requiresConnection }; public var status: Status { fatalError() } }
public final class NWPathMonitor: @unchecked Sendable {
    public init() {}
    public var pathUpdateHandler: (@Sendable (NWPath) -> Void)? { get { fatalError() } set {} }
    public var currentPath: NWPath { fatalError() }
    public func start(queue: DispatchQueue) {}
    public func cancel() {}
}
