import FieldbookKit
import FieldbookPlatform
import Foundation
import Rooms
import SwiftUI

/// The app: one model, opened over the records of this phone.
@main
struct FieldbookApp: App {
    @State private var model = AppModel(language: Self.language, drafts: Self.drafts, open: Self.open)
    @Environment(\.scenePhase) private var phase

    var body: some Scene {
        WindowGroup {
            RootView()
                .environment(model)
                .task { await model.begin() }
                .onOpenURL { link in Task { await model.openLink(link.absoluteString) } }
                .onChange(of: model.language) { _, chosen in UserDefaults.standard.set(chosen.rawValue, forKey: "language") }
                .onChange(of: phase) { _, now in Task { await entered(now) } }
        }
        .backgroundTask(.appRefresh(BackgroundSync.identifier)) {
            if let session = await model.woken() { await BackgroundSync.run(session) }
        }
    }

    /// As chosen in the settings, else the phone's.
    private static var language: Language {
        UserDefaults.standard.string(forKey: "language").flatMap(Language.init(rawValue:)) ?? .preferred
    }

    /// Beside the records, as protected as they are: what was typed and is no record yet.
    private static var drafts: FileDrafts {
        FileDrafts(folder: (try? RecordsFolder.standard())?.appendingPathComponent("Drafts", isDirectory: true))
    }

    private func entered(_ phase: ScenePhase) async {
        switch phase {
        case .active: await model.wake()
        case .background:
            BackgroundSync.schedule()
            await BackgroundSync.rest { await model.rest() }
        default: break
        }
    }

    private static func open(_ model: AppModel) async throws -> Fieldbook {
        let network = NetworkMonitor { [weak model] in Task { @MainActor in await model?.networkBack() } }
        let platform = Platform(
            clock: SystemClock(), keyStore: Fieldbook.canEncrypt ? KeychainKeys() : nil, location: PhoneLocation(),
            connectivity: network, marker: KeychainKeys().marker())
        return try await Fieldbook.open(folder: RecordsFolder.standard(), platform: platform)
    }
}
