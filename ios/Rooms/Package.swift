// swift-tools-version: 6.0
import PackageDescription

// What the rooms of the app know and say, without SwiftUI: tested on Linux through ../checking.
let package = Package(
    name: "Rooms",
    defaultLocalization: "en",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "Rooms", targets: ["Rooms"])],
    dependencies: [.package(path: "../Fieldbook")],
    targets: [
        .target(name: "Rooms", dependencies: [.product(name: "FieldbookKit", package: "Fieldbook")]),
        .testTarget(
            name: "RoomsTests",
            dependencies: ["Rooms", .product(name: "FieldbookTesting", package: "Fieldbook")]),
    ],
    swiftLanguageModes: [.v6]
)
