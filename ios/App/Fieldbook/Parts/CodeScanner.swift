import AVFoundation
import SwiftUI
import VisionKit

/// The camera, looking for the QR code of a sign-in.
struct CodeScanner: UIViewControllerRepresentable {
    /// What was read.
    let found: @MainActor (String) -> Void

    /// Can this phone do it? Whether it may, the person is asked when they tap.
    @MainActor static var isPossible: Bool { DataScannerViewController.isSupported }

    /// Asks for the camera, once; later it answers as the person did.
    static func mayLook() async -> Bool { await AVCaptureDevice.requestAccess(for: .video) }

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(recognizedDataTypes: [.barcode(symbologies: [.qr])], isHighlightingEnabled: true)
        scanner.delegate = context.coordinator
        return scanner
    }

    func updateUIViewController(_ controller: DataScannerViewController, context: Context) {
        // Refused without a camera permission: the sheet stays, and the code can be typed.
        try? controller.startScanning()
    }

    func makeCoordinator() -> Finder { Finder(found: found) }

    /// Hands the first code on.
    @MainActor final class Finder: DataScannerViewControllerDelegate {
        private let found: @MainActor (String) -> Void
        init(found: @escaping @MainActor (String) -> Void) { self.found = found }

        func dataScanner(_ scanner: DataScannerViewController, didAdd added: [RecognizedItem], allItems: [RecognizedItem]) {
            for case .barcode(let code) in added {
                guard let link = code.payloadStringValue else { continue }
                scanner.stopScanning()
                found(link)
                return
            }
        }
    }
}
