import CoreLocation
import FieldbookKit
import Foundation

/// Where the phone is: one fix at a time, at check-in and check-out only.
public final class PhoneLocation: PlatformLocation {
    /// It asks the person for permission when it is needed first.
    public init() {}

    /// A fix, or why there is none. The patience counts from when the phone may look: a person reads the question about the permission in
    /// their own time.
    public func locate(patienceMs: UInt64) async throws -> Fix {
        guard CLLocationManager.locationServicesEnabled() else { return .off }
        return await FixRequest().run(patience: .milliseconds(Int64(clamping: patienceMs)))
    }
}

/// One request for a fix: ends with a good one, the best one in time, or the reason why there is none.
@MainActor
private final class FixRequest: NSObject, @preconcurrency CLLocationManagerDelegate {
    /// Good enough for a door: no need to wait for a better one.
    private static let goodMetres = 20.0

    private let manager = CLLocationManager()
    private var answer: CheckedContinuation<Fix, Never>?
    private var best: CLLocation?
    private var patience = Duration.zero
    private var limit: Task<Void, any Error>?

    func run(patience: Duration) async -> Fix {
        self.patience = patience
        defer { limit?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                self.answer = answer
                manager.delegate = self
                manager.desiredAccuracy = kCLLocationAccuracyBest
                begin()
            }
        } onCancel: {
            Task { @MainActor in self.end(.notFound) }
        }
    }

    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) { begin() }

    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        for location in locations where location.horizontalAccuracy >= 0 {
            if location.horizontalAccuracy <= (best?.horizontalAccuracy ?? .infinity) { best = location }
        }
        if let best, best.horizontalAccuracy <= Self.goodMetres { end(Self.found(best)) }
    }

    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {
        // "Unknown for now" comes on the way to a fix: the patience decides.
    }

    private func begin() {
        switch manager.authorizationStatus {
        case .notDetermined: manager.requestWhenInUseAuthorization()
        case .denied, .restricted: end(.notAllowed)
        default: look()
        }
    }

    private func look() {
        manager.startUpdatingLocation()
        // Asked again when the permission changes while it looks: the patience is one.
        guard limit == nil else { return }
        limit = Task { [patience] in
            try await Task.sleep(for: patience)
            self.end(self.best.map(Self.found) ?? .notFound)
        }
    }

    private func end(_ fix: Fix) {
        manager.stopUpdatingLocation()
        manager.delegate = nil
        answer?.resume(returning: fix)
        answer = nil
    }

    nonisolated private static func found(_ location: CLLocation) -> Fix {
        let age = max(0, -location.timestamp.timeIntervalSinceNow)
        return .found(
            reading: Reading(
                position: Position(lat: location.coordinate.latitude, lon: location.coordinate.longitude),
                accuracyM: location.horizontalAccuracy, source: .fused, fixAgeMs: UInt64(age * 1000),
                mock: location.sourceInformation?.isSimulatedBySoftware ?? false,
                speedMps: location.speed >= 0 ? location.speed : nil))
    }
}
