// A Mac has neither, and compiles the rest of this module for `swift test`.
#if canImport(UIKit)
    import BackgroundTasks
    import FieldbookKit
    import Foundation
    import UIKit

    /// Sync while the app is not in front: iOS wakes it now and then, for some seconds.
    public enum BackgroundSync {
        /// The name of the task, as in the app's Info.plist (BGTaskSchedulerPermittedIdentifiers).
        public static let identifier = "org.fieldbook.app.sync"

        /// Asks iOS to wake the app in a quarter of an hour at the earliest; when, iOS decides. Asking again replaces what was asked.
        public static func schedule() {
            let request = BGAppRefreshTaskRequest(identifier: identifier)
            request.earliestBeginDate = Date(timeIntervalSinceNow: 15 * 60)
            // Refused in the simulator and when the person switched background refresh off: the app syncs when it is opened.
            try? BGTaskScheduler.shared.submit(request)
        }

        /// One exchange in the background. When iOS takes the time back it cancels the task, and with it the exchange; what was sent goes
        /// out again. Nothing is left open at the disk, unless the person came back meanwhile.
        public static func run(_ session: Session) async {
            schedule()
            await session.syncInBackground { UIApplication.shared.applicationState == .active }
        }

        /// The app goes to the background: time for `rest`, which calls ``FieldbookKit/Session/rest()``, to let the transaction under way
        /// end.
        @MainActor
        public static func rest(_ rest: @MainActor () async -> Void) async {
            let time = Assertion()
            await rest()
            time.end()
        }
    }

    /// Time that iOS gives the app before it is suspended. iOS ends an app that keeps it when it is over, so that it ends by itself, too.
    @MainActor
    private final class Assertion {
        private var identifier = UIBackgroundTaskIdentifier.invalid

        init() {
            identifier = UIApplication.shared.beginBackgroundTask(withName: "org.fieldbook.rest") { [weak self] in self?.end() }
        }

        func end() {
            guard identifier != .invalid else { return }
            UIApplication.shared.endBackgroundTask(identifier)
            identifier = .invalid
        }
    }
#endif
