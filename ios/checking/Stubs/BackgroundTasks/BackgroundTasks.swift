@_exported import Foundation

open class BGTaskRequest: NSObject { public var earliestBeginDate: Date? }
public class BGAppRefreshTaskRequest: BGTaskRequest { public init(identifier: String) {} }
public class BGTaskScheduler: NSObject, @unchecked Sendable {
    public static var shared: BGTaskScheduler { fatalError() }
    public func submit(_ request: BGTaskRequest) throws {}
    public func cancelAllTaskRequests() {}
}
