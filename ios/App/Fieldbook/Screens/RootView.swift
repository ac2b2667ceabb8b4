import FieldbookKit
import Rooms
import SwiftUI

/// The screen of the stage that the app is in.
struct RootView: View {
    @Environment(AppModel.self) private var app

    var body: some View {
        switch app.stage {
        case .opening:
            VStack(spacing: 8) {
                Text(app.strings.appName).font(.title2)
                Waiting()
            }
        case .signIn: SignInScreen(app: app)
        case .stopped(let error, let damaged): StoppedScreen(error: error, damaged: damaged)
        case .recovered(let recovered): RecoveredScreen(recovered: recovered)
        case .arrival(let workplace): ArrivalScreen(workplace: workplace)
        case .working(let workplace): WorkScreen(workplace: workplace)
        }
    }
}

/// The rooms of a person: a rep's, or a supervisor's.
struct WorkScreen: View {
    @Bindable var workplace: Workplace
    @Environment(AppModel.self) private var app

    var body: some View {
        TabView(selection: $workplace.room) {
            RoomStack(workplace: workplace) { TodayScreen(workplace: workplace, path: $0) }
                .tabItem { Label(app.strings.today, systemImage: "calendar") }
                .tag(RoomName.today)
            if workplace.decides {
                RoomStack(workplace: workplace) { _ in ApprovalsScreen(workplace: workplace) }
                    .tabItem { Label(app.strings.approvals, systemImage: "checkmark.seal") }
                    .tag(RoomName.approvals)
            }
            RoomStack(workplace: workplace) { CustomersScreen(workplace: workplace, path: $0) }
                .tabItem { Label(app.strings.customers, systemImage: "storefront") }
                .tag(RoomName.customers)
            if workplace.visits {
                RoomStack(workplace: workplace) { ExpensesScreen(workplace: workplace, path: $0) }
                    .tabItem { Label(app.strings.expenses, systemImage: "yensign.circle") }
                    .tag(RoomName.expenses)
            }
            RoomStack(workplace: workplace) { _ in SettingsScreen(workplace: workplace) }
                .tabItem { Label(app.strings.me, systemImage: "person") }
                .tag(RoomName.me)
        }
        .safeAreaInset(edge: .top) { Notices(workplace: workplace) }
        .safeAreaInset(edge: .bottom) { UndoBar() }
        .task { await workplace.run() }
    }
}

/// A room and the way deeper into it.
struct RoomStack<Root: View>: View {
    let workplace: Workplace
    @ViewBuilder let root: (Binding<[Route]>) -> Root
    @State private var path: [Route] = []

    var body: some View {
        NavigationStack(path: $path) {
            root($path)
                .navigationDestination(for: Route.self) { route in
                    switch route {
                    case .customer(let customer): CustomerScreen(workplace: workplace, customer: customer, path: $path)
                    case .visit(let visit): VisitScreen(workplace: workplace, visit: visit, path: $path)
                    case .expense(let expense): ExpenseScreen(workplace: workplace, expense: expense)
                    case .approval(let approval): ApprovalScreen(workplace: workplace, approval: approval)
                    case .activity(let customer, let visit): ActivityScreen(workplace: workplace, customer: customer, visit: visit)
                    case .expenses: ExpensesScreen(workplace: workplace, path: $path)
                    case .attention: AttentionScreen(workplace: workplace)
                    case .sync: SyncScreen(workplace: workplace)
                    }
                }
        }
    }
}
