@_exported import Foundation

@MainActor open class UIViewController: NSObject {}
public enum UIKeyboardType: Sendable { case `default`, URL, decimalPad, numberPad, phonePad, emailAddress, asciiCapable }
public struct UIBackgroundTaskIdentifier: Hashable, Sendable { public static let invalid = Self() }
@MainActor open class UIApplication: NSObject {
    public static var shared: UIApplication { fatalError() }
    public enum State: Int, Sendable { case active, inactive, background }
    public var applicationState: State { fatalError() }
    public static var openSettingsURLString: String { fatalError() }
    public func beginBackgroundTask(withName name: String?, expirationHandler: (@MainActor @Sendable () -> Void)? = nil) -> UIBackgroundTaskIdentifier { fatalError() }
    public func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}
public enum UIAccessibility {
    public struct Notification: Sendable { public static let announcement = Self() }
    @MainActor public static func post(notification: Notification, argument: Any?) {}
}
@MainActor open class UIDevice: NSObject {
    public static var current: UIDevice { fatalError() }
    public var name: String { fatalError() }
}
