import FieldbookKit
import Rooms
import SwiftUI

/// On this phone, sent, accepted; the last contact; the receipt.
struct SyncScreen: View {
    @Environment(AppModel.self) private var app
    @State private var model: SyncModel
    @State private var file: String?

    init(workplace: Workplace) { _model = State(initialValue: SyncModel(workplace: workplace)) }

    var body: some View {
        List {
            if let totals = model.status?.totals {
                let all = totals.onPhone + totals.sent + totals.accepted + totals.attention
                Section {
                    Text(app.strings.acceptedOf(app.formats.count(totals.accepted), app.formats.count(all))).font(.headline).monospacedDigit()
                    ProgressView(value: Double(totals.accepted), total: Double(max(all, 1)))
                    ForEach(model.counts, id: \.state) { state, count in
                        LabeledContent {
                            Text(app.formats.count(count)).monospacedDigit()
                        } label: {
                            StateMark(state: state)
                        }
                    }
                    if let oldest = totals.oldestPending { Text(app.strings.oldestFrom(app.formats.moment(oldest))).font(.footnote) }
                    if let arrived = model.arrived { ProgressView(app.strings.receiving, value: arrived) }
                    TimelineView(.periodic(from: .now, by: 1)) { Text(model.phase(at: $0.date, app.strings)).monospacedDigit() }
                    if let contact = model.status?.lastContact { Text(app.strings.lastContact(app.formats.moment(contact))) }
                    ProblemText(problem: model.problem ?? model.status?.trouble)
                    if let clock = model.status?.clock { Label(clock.words.text(in: app.language), systemImage: "clock.badge.exclamationmark") }
                }
            }
            if let attention = model.status?.totals.attention, attention > 0 {
                NavigationLink(value: Route.attention) { Text(app.strings.needAttention(Int(attention))) }
            }
            if let receipt = model.receipt { receiptSection(receipt) }
            Section(app.strings.thisPhone) {
                if let records = model.status?.totals.records { Text(app.strings.records(app.formats.count(records))) }
                if let bytes = model.storage { Text(app.strings.storage(app.formats.count(bytes / 1_000_000))) }
            }
        }
        .navigationTitle(app.strings.syncTitle)
        .safeAreaInset(edge: .bottom) {
            PrimaryButton(title: model.isTrying ? app.strings.trying : app.strings.tryNow, isBusy: model.isTrying) { await model.tryNow() }
        }
        .task(id: model.status?.totals) { await model.measure() }
        .task { await model.run() }
    }

    private func receiptSection(_ receipt: Delivery) -> some View {
        Section(app.strings.receipt) {
            if receipt.allOnServer, let at = receipt.signedAt {
                Label(app.strings.allOnServer(app.formats.count(receipt.delivered), app.formats.moment(at)), systemImage: "checkmark.seal")
            } else {
                Text(app.strings.notAllOnServer(app.formats.count(receipt.waiting + receipt.parked)))
                if let at = receipt.signedAt { Text(app.strings.signedFor(app.formats.count(receipt.stored), app.formats.moment(at))) }
            }
            if let number = receipt.number { Text(app.strings.receiptNumberOf(app.formats.count(number))).font(.footnote) }
            if let file {
                ShareLink(app.strings.receiptDetails, item: file)
            } else {
                Button(app.strings.receiptDetails) { Task { file = await model.receiptsFile() } }
            }
        }
    }
}
