@_exported import Foundation

public struct CLLocationCoordinate2D: Sendable { public var latitude: Double; public var longitude: Double }
public class CLLocationSourceInformation: NSObject { public var isSimulatedBySoftware: Bool { fatalError() } }
public class CLLocation: NSObject, @unchecked Sendable {
    public var coordinate: CLLocationCoordinate2D { fatalError() }
    public var horizontalAccuracy: Double { fatalError() }
    public var timestamp: Date { fatalError() }
    public var speed: Double { fatalError() }
    public var sourceInformation: CLLocationSourceInformation? { fatalError() }
}
public enum CLAuthorizationStatus: Int32, Sendable { case notDetermined, restricted, denied, authorizedAlways, authorizedWhenInUse }
public let kCLLocationAccuracyBest: Double = -1
public protocol CLLocationManagerDelegate: AnyObject {
    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation])
    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error)
    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager)
}
public class CLLocationManager: NSObject {
    public override init() {}
    public weak var delegate: (any CLLocationManagerDelegate)?
    public var desiredAccuracy: Double { get { fatalError() } set {} }
    public var authorizationStatus: CLAuthorizationStatus { fatalError() }
    public static func locationServicesEnabled() -> Bool { fatalError() }
    public func requestWhenInUseAuthorization() {}
    public func startUpdatingLocation() {}
    public func stopUpdatingLocation() {}
}
