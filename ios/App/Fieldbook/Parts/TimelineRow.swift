import FieldbookKit
import Rooms
import SwiftUI

/// One thing that happened: what, who, when, and the person's own words. It leads to the record that it happened in.
struct TimelineRow: View {
    let item: TimelineItem
    let workplace: Workplace
    /// The record whose page this is; what happened in it leads nowhere.
    let here: RecordId
    @Environment(AppModel.self) private var app

    var body: some View {
        if let route {
            NavigationLink(value: route) { content }
        } else {
            content
        }
    }

    private var content: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(app.strings.happened(item)).font(.headline)
            if let text = item.text, !text.isEmpty { Text(text) }
            if let time = item.newTime { Text(verbatim: "→ \(app.formats.moment(time))") }
            if let person = item.handedTo { Text(verbatim: "→ \(workplace.name(person, app.strings))") }
            if case .notCounted(let first, let words) = item.answer {
                if let first { Text(app.strings.alreadyDecidedBy(workplace.name(first, app.strings))) }
                Text(words.text(in: app.language))
            }
            Text(verbatim: "\(workplace.name(item.person, app.strings)) · \(app.formats.moment(item.at))")
                .font(.footnote)
                .foregroundStyle(Color("Quiet"))
        }
        .accessibilityElement(children: .combine)
    }

    private var route: Route? {
        if item.record == here { return nil }
        switch item.kind {
        case .started, .finished, .cancelled, .step, .moved, .remark: return .visit(item.record.asVisit)
        case .submitted, .withdrawn:
            let isMine = item.person == workplace.account.person
            return isMine ? .expense(item.record.asApproval) : .approval(item.record.asApproval)
        case .decided, .ruled, .handedOver: return .approval(item.record.asApproval)
        case .entry, .comment: return nil
        }
    }
}
