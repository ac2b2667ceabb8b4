import UIKit

@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(_ scanner: DataScannerViewController, didAdd added: [RecognizedItem], allItems: [RecognizedItem])
}
public enum RecognizedItem: Sendable {
    public struct Barcode: Sendable { public var payloadStringValue: String? { fatalError() } }
    public struct Text: Sendable {}
    case text(Text), barcode(Barcode)
}
@MainActor public final class DataScannerViewController: UIViewController {
    public enum RecognizedDataType: Hashable, Sendable {
        case codes
        public static func barcode(symbologies: [VNBarcodeSymbology] = []) -> Self { .codes }
    }
    public enum QualityLevel: Sendable { case balanced, fast, accurate }
    public static var isSupported: Bool { fatalError() }
    public static var isAvailable: Bool { fatalError() }
    public weak var delegate: (any DataScannerViewControllerDelegate)?
    public init(recognizedDataTypes: Set<RecognizedDataType>, qualityLevel: QualityLevel = .balanced, recognizesMultipleItems: Bool = false, isHighFrameRateTrackingEnabled: Bool = true, isPinchToZoomEnabled: Bool = true, isGuidanceEnabled: Bool = true, isHighlightingEnabled: Bool = false) {}
    public func startScanning() throws {}
    public func stopScanning() {}
}
public struct VNBarcodeSymbology: Hashable, Sendable { public static let qr = Self() }
