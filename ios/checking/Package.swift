// swift-tools-version: 6.0
import PackageDescription

// See README.md: the app's views and glue against declarations of Apple's frameworks. No product.
let stubs = ["CoreLocation", "Network", "Security", "BackgroundTasks", "UIKit", "VisionKit", "AVFoundation"]

let package = Package(
    name: "Checking",
    dependencies: [.package(path: "../Fieldbook"), .package(path: "../Rooms")],
    targets: stubs.map { .target(name: $0, dependencies: $0 == "VisionKit" ? ["UIKit"] : [], path: "Stubs/\($0)") } + [
        .target(name: "SwiftUI", dependencies: ["UIKit"], path: "SwiftUI"),
        .target(
            name: "FieldbookPlatform",
            dependencies: [
                "CoreLocation", "Network", "Security", "BackgroundTasks", "UIKit",
                .product(name: "FieldbookKit", package: "Fieldbook"),
            ],
            path: "FieldbookPlatform"),
        .target(
            name: "FieldbookApp",
            dependencies: [
                "SwiftUI", "UIKit", "VisionKit", "AVFoundation", "FieldbookPlatform", .product(name: "Rooms", package: "Rooms"),
                .product(name: "FieldbookKit", package: "Fieldbook"),
            ],
            path: "FieldbookApp", exclude: ["Info.plist", "Fieldbook.entitlements", "Assets.xcassets", "Resources", "PrivacyInfo.xcprivacy"]),
        .testTarget(
            name: "RoomsTests",
            dependencies: [
                .product(name: "Rooms", package: "Rooms"),
                .product(name: "FieldbookTesting", package: "Fieldbook"),
            ],
            path: "Tests/RoomsTests"),
    ],
    swiftLanguageModes: [.v6]
)
