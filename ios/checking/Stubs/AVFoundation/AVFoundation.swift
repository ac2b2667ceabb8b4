@_exported import Foundation

public struct AVMediaType: Hashable, Sendable { public static let video = Self() }
public class AVCaptureDevice: NSObject {
    public class func requestAccess(for mediaType: AVMediaType) async -> Bool { fatalError() }
}
