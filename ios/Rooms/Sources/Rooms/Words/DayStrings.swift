import FieldbookKit

/// The day of a rep and of a supervisor.
public protocol DayStrings: Sendable {
    var team: String { get }
    var next: String { get }
    var open: String { get }
    var later: String { get }
    var over: String { get }
    var due: String { get }
    var nearby: String { get }
    var nothingPlanned: String { get }
    var allDone: String { get }
    var nobodyNear: String { get }
    var whoIsNear: String { get }
    var findCustomer: String { get }
    func goOnVisit(_ name: String) -> String
    func visitsDone(_ done: Int, _ planned: Int) -> String
    func dueSince(_ day: String) -> String
    var neverVisited: String { get }
    func lastVisit(_ day: String) -> String
    func visitStatus(_ status: VisitStatus) -> String
    func planRemark(_ name: String, _ cancelled: Bool) -> String
    var waitsForYou: String { get }
    var nothingWaits: String { get }
    var openApprovals: String { get }
    func allRequests(_ count: Int) -> String
    var teamVisits: String { get }
    var teamHasNoVisits: String { get }
}

extension English {
    public var team: String { "Team" }
    public var next: String { "Next" }
    public var open: String { "Open" }
    public var later: String { "Later" }
    public var over: String { "Done" }
    public var due: String { "Due" }
    public var nearby: String { "Nearby" }
    public var nothingPlanned: String { "No visits planned. Choose a customer who is due or near, or look for one." }
    public var allDone: String { "All visits of today are done." }
    public var nobodyNear: String { "No customer within 50 km has a place on file. When you check in somewhere, propose your place as the customer’s." }
    public var whoIsNear: String { "Who is near?" }
    public var findCustomer: String { "Find a customer" }
    public func goOnVisit(_ name: String) -> String { "Go on at \(name)" }
    public func visitsDone(_ done: Int, _ planned: Int) -> String { "\(done) of \(planned) visits" }
    public func dueSince(_ day: String) -> String { "due \(day)" }
    public var neverVisited: String { "never visited" }
    public func lastVisit(_ day: String) -> String { "last visit \(day)" }
    public func visitStatus(_ status: VisitStatus) -> String {
        switch status {
        case .planned: "planned"
        case .started: "there now"
        case .finished: "done"
        case .cancelled: "cancelled"
        }
    }
    public func planRemark(_ name: String, _ cancelled: Bool) -> String { cancelled ? "\(name) was already being visited, so the visit was not called off. Your request stands as a remark." : "\(name) was already being visited, so the plan was not moved. Your request stands as a remark." }
    public var waitsForYou: String { "Waits for you" }
    public var nothingWaits: String { "Nothing waits for your decision. New requests come by themselves; look after your customers meanwhile." }
    public var openApprovals: String { "Open approvals" }
    public func allRequests(_ count: Int) -> String { "All \(count) requests" }
    public var teamVisits: String { "Visits of the team" }
    public var teamHasNoVisits: String { "No visits of your team today. Plan one from a customer’s page." }
}

extension Chinese {
    public var team: String { "团队" }
    public var next: String { "下一家" }
    public var open: String { "进行中" }
    public var later: String { "稍后" }
    public var over: String { "已结束" }
    public var due: String { "该拜访了" }
    public var nearby: String { "附近" }
    public var nothingPlanned: String { "今天没有安排拜访。可从到期或附近的客户中选一家，也可以查找客户。" }
    public var allDone: String { "今天的拜访都完成了。" }
    public var nobodyNear: String { "50 公里内没有已定位的客户。到店签到时可记下客户的位置。" }
    public var whoIsNear: String { "看看附近有谁" }
    public var findCustomer: String { "查找客户" }
    public func goOnVisit(_ name: String) -> String { "继续拜访 \(name)" }
    public func visitsDone(_ done: Int, _ planned: Int) -> String { "已完成 \(done) / \(planned) 家" }
    public func dueSince(_ day: String) -> String { "\(day) 到期" }
    public var neverVisited: String { "从未拜访" }
    public func lastVisit(_ day: String) -> String { "上次拜访 \(day)" }
    public func visitStatus(_ status: VisitStatus) -> String {
        switch status {
        case .planned: "已计划"
        case .started: "拜访中"
        case .finished: "已完成"
        case .cancelled: "已取消"
        }
    }
    public func planRemark(_ name: String, _ cancelled: Bool) -> String { cancelled ? "\(name) 已在拜访中，未能取消；您的要求已记为备注。" : "\(name) 已在拜访中，计划未改；您的要求已记为备注。" }
    public var waitsForYou: String { "等您处理" }
    public var nothingWaits: String { "没有等您审批的申请。有新申请会自动显示，可先看看客户。" }
    public var openApprovals: String { "打开审批" }
    public func allRequests(_ count: Int) -> String { "全部 \(count) 份申请" }
    public var teamVisits: String { "团队拜访" }
    public var teamHasNoVisits: String { "团队今天没有拜访，可在客户页安排。" }
}
