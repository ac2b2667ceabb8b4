import FieldbookKit

extension ParkedItem: @retroactive Identifiable {}
extension Visit: @retroactive Identifiable {}
extension Customer: @retroactive Identifiable {}
extension FoundCustomer: @retroactive Identifiable {}
extension Approval: @retroactive Identifiable {}
extension ExpenseLine: @retroactive Identifiable {}
extension Contact: @retroactive Identifiable {}
extension DayLog: @retroactive Identifiable {}
extension LogEntry: @retroactive Identifiable {}
