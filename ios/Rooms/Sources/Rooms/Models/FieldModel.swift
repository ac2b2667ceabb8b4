import FieldbookKit
import Foundation
import Observation

/// One field of a request's form, as a control shows it: what was switched or chosen is written at once, what is typed when the person
/// leaves the field.
@Observable @MainActor
public final class FieldModel {
    /// What the form says about it.
    public let field: FormField

    /// What is typed into it.
    public let typed: Draft

    private let request: ExpenseModel

    /// A field of a request.
    public init(_ field: FormField, of request: ExpenseModel) {
        (self.field, self.request) = (field, request)
        typed = request.field(field)
    }

    /// Can it be filled in?
    public var isOpen: Bool { request.isOpen }

    /// What it says; nil while it is empty.
    public var value: FormValue? { request.value(of: field) }

    /// Yes or no.
    public var isYes: Bool {
        get { value == .yesNo(value: true) }
        set { fill(.yesNo(value: newValue)) }
    }

    /// The choice; empty for none.
    public var choice: String {
        get { if case .text(let text) = value { text } else { "" } }
        set { fill(newValue.isEmpty ? nil : .text(value: newValue)) }
    }

    /// The day; today until one is chosen.
    public var day: Date {
        get { (try? Day(text: choice))?.start(in: .current) ?? Date() }
        set { fill(.text(value: Day(newValue).text)) }
    }

    /// Writes what was typed.
    public func save() async { await request.fill(field, typed) }

    private func fill(_ value: FormValue?) { Task { await request.fill(field, value) } }
}
