import FieldbookBindings

/// Visits: the plan, the door, the steps, the end. All of it works without network.
public struct Visits: Sendable {
    let visits: NativeVisits
    let live: NativeLive
    let calls: Calls

    /// One's own visits of today, as they change.
    public func today() -> LiveValues<Today> {
        calls.live(live, [.visits]) { [visits] in try visits.today() }
    }

    /// One's own visits of a day, as they change.
    public func on(_ day: Day) -> LiveValues<Today> {
        calls.live(live, [.visits]) { [visits] in try visits.on(day: day) }
    }

    /// The visits of a day of everybody whose records are on this phone, as they change.
    public func team(on day: Day) -> LiveValues<Today> {
        calls.live(live, [.visits]) { [visits] in try visits.teamOn(day: day) }
    }

    /// A customer's visits whoever made them, the latest plan first, as they change.
    public func toCustomer(_ customer: CustomerId, limit: Int = 20) -> LiveValues<[Visit]> {
        calls.live(live, [.visits]) { [visits] in try visits.toCustomer(customer: customer, limit: UInt32(clamping: limit)) }
    }

    /// A visit's page as it changes; nil when it is not on this phone (any more).
    public func page(_ visit: VisitId) -> LiveValues<VisitPage?> {
        calls.live(live, [.visits]) { [visits] in try visits.page(visit: visit) }
    }

    /// One's own changes of plans of the last `days` that came too late and became remarks, as they change.
    public func remarks(days: Int = 14) -> LiveValues<[PlanRemark]> {
        calls.live(live, [.visits]) { [visits] in try visits.remarks(days: UInt32(clamping: days)) }
    }

    /// Plans a visit, or makes one on the spot.
    ///
    /// - Parameters:
    ///   - purpose: what for, at most 200 characters.
    ///   - start: when; now when nil.
    ///   - rep: who visits; oneself when nil.
    public func plan(
        _ customer: CustomerId, purpose: String = "", start: Timestamp? = nil, rep: PersonId? = nil
    ) async throws(FieldbookError) -> VisitId {
        let plan = NewPlan(customer: customer, rep: rep, start: start, purpose: purpose)
        return try await calls.disk { [visits] in try visits.plan(plan: plan) }
    }

    /// Moves a planned visit to another time, or says another purpose.
    public func reschedule(_ visit: VisitId, to start: Timestamp, purpose: String? = nil) async throws(FieldbookError) {
        try await calls.disk { [visits] in try visits.reschedule(visit: visit, start: start, purpose: purpose) }
    }

    /// Asks the platform where the phone is, for at most so many milliseconds. Having no fix is an answer.
    public func locate(patienceMs: UInt64 = 10_000) async throws(FieldbookError) -> Fix {
        try await calls.network { [visits] cancel in try await visits.locate(patienceMs: patienceMs, cancel: cancel) }
    }

    /// What a check-in here would say, without writing anything.
    public func judge(_ customer: CustomerId, reading: Reading?) async throws(FieldbookError) -> Judgement {
        try await calls.disk { [visits] in try visits.judge(customer: customer, reading: reading) }
    }

    /// The rep is at the door: checks in with a reading, or with none and a reason.
    @discardableResult
    public func start(_ visit: VisitId, reading: Reading?, reason: String? = nil) async throws(FieldbookError) -> Judgement {
        try await calls.disk { [visits] in try visits.start(visit: visit, reading: reading, reason: reason) }
    }

    /// Records a result of a step, for example a stock count; the latest of a step is current.
    public func recordStep(
        _ visit: VisitId, step: String, value: StepValue, note: String? = nil
    ) async throws(FieldbookError) {
        try await calls.disk { [visits] in try visits.recordStep(visit: visit, step: step, value: value, note: note) }
    }

    /// Says what the notes are now; what others wrote meanwhile stays.
    ///
    /// - Parameter seen: the notes as the person saw them before the edit.
    public func setNotes(_ visit: VisitId, seen: String, text: String) async throws(FieldbookError) {
        try await calls.disk { [visits] in try visits.setNotes(visit: visit, seen: seen, text: text) }
    }

    /// Says what comes next with this customer.
    public func setNextStep(_ visit: VisitId, text: String) async throws(FieldbookError) {
        try await calls.disk { [visits] in try visits.setNextStep(visit: visit, text: text) }
    }

    /// The rep leaves: checks out and finishes the visit.
    @discardableResult
    public func finish(
        _ visit: VisitId, reading: Reading?, reason: String? = nil, outcome: String? = nil
    ) async throws(FieldbookError) -> Judgement {
        try await calls.disk { [visits] in
            try visits.finish(visit: visit, reading: reading, reason: reason, outcome: outcome)
        }
    }

    /// The visit does not take place, or ends early.
    public func cancel(_ visit: VisitId, reason: String, reading: Reading? = nil) async throws(FieldbookError) {
        try await calls.disk { [visits] in try visits.cancel(visit: visit, reason: reason, reading: reading) }
    }
}
