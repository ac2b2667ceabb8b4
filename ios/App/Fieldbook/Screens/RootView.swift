import FieldbookKit
import Rooms
import SwiftUI

/// The screen of the stage that the app is in.
struct RootView: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        switch app.stage {
        case .opening: ProgressView(app.strings.waiting)
        case .signIn: SignInScreen(app: app)
        case .stopped(let error, let damaged): StoppedScreen(error: error, damaged: damaged)
        case .recovered(let recovered): RecoveredScreen(recovered: recovered)
        case .working(let session): WorkScreen(session: session)
        }
    }
}

/// The rooms of a person: a rep's, a supervisor's, or both.
struct WorkScreen: View {
    /// A room.
    enum Room: Hashable { case today, approvals, customers, expenses, me }

    let session: Session
    @Environment(AppModel.self) private var app
    @State private var settings: SettingsModel
    @State private var room = Room.today

    init(session: Session) {
        self.session = session
        _settings = State(initialValue: SettingsModel(session: session))
    }

    var body: some View {
        TabView(selection: $room) {
            RoomStack(session: session) { TodayScreen(session: session) }
                .tabItem { Label(app.strings.today, systemImage: "calendar") }
                .tag(Room.today)
            if settings.me?.role == .supervisor {
                RoomStack(session: session) { ApprovalsScreen(session: session) }
                    .tabItem { Label(app.strings.approvals, systemImage: "checkmark.seal") }
                    .tag(Room.approvals)
            }
            RoomStack(session: session) { CustomersScreen(session: session) }
                .tabItem { Label(app.strings.customers, systemImage: "storefront") }
                .tag(Room.customers)
            if settings.me?.role != .supervisor {
                RoomStack(session: session) { ExpensesScreen(session: session) }
                    .tabItem { Label(app.strings.expenses, systemImage: "yensign.circle") }
                    .tag(Room.expenses)
            }
            RoomStack(session: session) { SettingsScreen(session: session, model: settings) }
                .tabItem { Label(app.strings.me, systemImage: "person") }
                .tag(Room.me)
        }
        .safeAreaInset(edge: .bottom) { UndoBar() }
        .task { await settings.run() }
    }
}

/// A room and the way deeper into it.
struct RoomStack<Root: View>: View {
    let session: Session
    @ViewBuilder let root: () -> Root
    @State private var path: [Route] = []

    var body: some View {
        NavigationStack(path: $path) {
            root()
                .navigationDestination(for: Route.self) { route in
                    switch route {
                    case .customer(let customer): CustomerScreen(session: session, customer: customer, path: $path)
                    case .visit(let visit): VisitScreen(session: session, visit: visit)
                    case .expense(let expense): ExpenseScreen(session: session, expense: expense)
                    case .approval(let approval): ApprovalScreen(session: session, approval: approval)
                    case .activity: ActivityScreen(session: session)
                    case .attention: AttentionScreen(session: session)
                    case .sync: SyncScreen(session: session)
                    }
                }
        }
    }
}
