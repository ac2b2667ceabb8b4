import FieldbookKit

/// Expenses and approvals.
public protocol RequestStrings: Sendable {
    var anExpense: String { get }
    var aRequest: String { get }
    var newExpense: String { get }
    var noExpenses: String { get }
    var whatFor: String { get }
    var toHandIn: String { get }
    var waitsForDecision: String { get }
    var decided: String { get }
    var lines: String { get }
    var addLine: String { get }
    var amount: String { get }
    var amountHint: String { get }
    var dayOfReceipt: String { get }
    var receiptNumberField: String { get }
    var noteField: String { get }
    func receiptNumber(_ number: String) -> String
    var handIn: String { get }
    var withdraw: String { get }
    func lineRemoved(_ line: String) -> String
    func removeLine(_ line: String) -> String
    func waitsFor(_ names: String) -> String
    func approvalStatus(_ status: ApprovalStatus) -> String
    func category(_ name: String) -> String
    var lookFirst: String { get }
    var ordinary: String { get }
    func approveOrdinary(_ count: Int) -> String
    func approvedMany(_ count: Int) -> String
    var provisionalHint: String { get }
    func overLimitBy(_ amount: String) -> String
    var categoryOverLimit: String { get }
    func receiptSeenBefore(_ count: Int) -> String
    var noVisit: String { get }
    var placeInDoubt: String { get }
    var changedSinceYouDecided: String { get }
    func inPlaceOf(_ name: String) -> String
    func handedInAt(_ at: String) -> String
    func visitOfRequest(_ name: String) -> String
    var approve: String { get }
    var returnIt: String { get }
    var returnMore: String { get }
    var returnHint: String { get }
    var reject: String { get }
    var rejectMore: String { get }
    var rejectHint: String { get }
    func decisionSaid(_ decision: Decision, _ title: String) -> String
    var categoryField: String { get }
    var total: String { get }
    var yes: String { get }
    var no: String { get }
    var notFilledIn: String { get }
    var linkedElsewhere: String { get }
    func alreadyDecidedBy(_ name: String) -> String
    var editLine: String { get }
    var newRequest: String { get }
    var whatKind: String { get }
    var backTo: String { get }
    var whoAsks: String { get }
    var handOverMore: String { get }
    var handOver: String { get }
    var beside: String { get }
    func handingHint(_ handing: Handing) -> String
    var inMyStead: String { get }
    var whom: String { get }
    var noteForThem: String { get }
    var decideFor: String { get }
    var myself: String { get }
}

extension English {
    public var anExpense: String { "Expense" }
    public var aRequest: String { "Request" }
    public var newExpense: String { "New expense" }
    public var noExpenses: String { "No expenses yet. Begin one; it is kept as a draft until you hand it in." }
    public var whatFor: String { "What for" }
    public var toHandIn: String { "To hand in" }
    public var waitsForDecision: String { "Waits for a decision" }
    public var decided: String { "Decided" }
    public var lines: String { "Lines" }
    public var addLine: String { "Add a line" }
    public var amount: String { "Amount" }
    public var amountHint: String { "An amount above zero, for example 128.50" }
    public var dayOfReceipt: String { "Day of the receipt" }
    public var receiptNumberField: String { "Number on the receipt" }
    public var noteField: String { "Remark" }
    public func receiptNumber(_ number: String) -> String { "receipt \(number)" }
    public var handIn: String { "Hand in" }
    public var withdraw: String { "Take it back" }
    public func lineRemoved(_ line: String) -> String { "Removed: \(line)" }
    public func removeLine(_ line: String) -> String { "Remove \(line)" }
    public func waitsFor(_ names: String) -> String { "Waits for \(names)" }
    public func approvalStatus(_ status: ApprovalStatus) -> String {
        switch status {
        case .draft: "draft"
        case .submitted: "handed in"
        case .provisional: "decided, not confirmed yet"
        case .approved: "approved"
        case .rejected: "rejected"
        case .returned: "returned to you"
        case .withdrawn: "taken back"
        case .withdrawing: "taken back, not confirmed yet"
        }
    }
    public func category(_ name: String) -> String {
        switch name {
        case "meals": "Meals"
        case "hotel": "Hotel"
        case "travel": "Travel"
        case "gifts": "Gifts"
        default: name
        }
    }
    public var lookFirst: String { "Look first" }
    public var ordinary: String { "Ordinary" }
    public func approveOrdinary(_ count: Int) -> String { "Approve the \(count) ordinary" }
    public func approvedMany(_ count: Int) -> String { "\(count) approved" }
    public var provisionalHint: String { "Your decision is on this phone; it counts when the server confirms." }
    public func overLimitBy(_ amount: String) -> String { "over the limit by \(amount)" }
    public var categoryOverLimit: String { "over the limit of its category" }
    public func receiptSeenBefore(_ count: Int) -> String { count == 1 ? "a receipt was handed in before" : "\(count) receipts were handed in before" }
    public var noVisit: String { "not linked to a visit" }
    public var placeInDoubt: String { "position of the visit not certain" }
    public var changedSinceYouDecided: String { "changed since you last decided" }
    public func inPlaceOf(_ name: String) -> String { "in place of \(name)" }
    public func handedInAt(_ at: String) -> String { "handed in \(at)" }
    public func visitOfRequest(_ name: String) -> String { "Visit at \(name)" }
    public var approve: String { "Approve" }
    public var returnIt: String { "Return" }
    public var returnMore: String { "Return…" }
    public var returnHint: String { "It goes back to be changed and handed in again. Say what to change." }
    public var reject: String { "Reject" }
    public var rejectMore: String { "Reject…" }
    public var rejectHint: String { "This ends the request. Say why." }
    public func decisionSaid(_ decision: Decision, _ title: String) -> String {
        switch decision {
        case .approve: "Approved: \(title)"
        case .reject: "Rejected: \(title)"
        case .return: "Returned: \(title)"
        }
    }
    public var categoryField: String { "Category" }
    public var total: String { "Total" }
    public var yes: String { "yes" }
    public var no: String { "no" }
    public var notFilledIn: String { "not filled in" }
    public var linkedElsewhere: String { "It belongs to another customer or visit now" }
    public func alreadyDecidedBy(_ name: String) -> String { "Already decided by \(name)" }
    public var editLine: String { "Change the line" }
    public var newRequest: String { "New request" }
    public var whatKind: String { "What kind" }
    public var backTo: String { "Back to" }
    public var whoAsks: String { "whoever asked" }
    public var handOverMore: String { "Bring in…" }
    public var handOver: String { "Bring in" }
    public var beside: String { "Beside me" }
    public func handingHint(_ handing: Handing) -> String { handing == .add ? "You both decide on this request." : "They decide on this request instead of you." }
    public var inMyStead: String { "In my place" }
    public var whom: String { "Whom" }
    public var noteForThem: String { "A note for them" }
    public var decideFor: String { "You decide for" }
    public var myself: String { "myself" }
}

extension Chinese {
    public var anExpense: String { "费用" }
    public var aRequest: String { "申请" }
    public var newExpense: String { "新建费用" }
    public var noExpenses: String { "还没有费用。新建后先存为草稿，提交后才进入审批。" }
    public var whatFor: String { "用途" }
    public var toHandIn: String { "待提交" }
    public var waitsForDecision: String { "审批中" }
    public var decided: String { "已有结果" }
    public var lines: String { "明细" }
    public var addLine: String { "添加明细" }
    public var amount: String { "金额" }
    public var amountHint: String { "请填大于零的金额，例如 128.50" }
    public var dayOfReceipt: String { "票据日期" }
    public var receiptNumberField: String { "票据号码" }
    public var noteField: String { "备注" }
    public func receiptNumber(_ number: String) -> String { "票据 \(number)" }
    public var handIn: String { "提交" }
    public var withdraw: String { "撤回" }
    public func lineRemoved(_ line: String) -> String { "已移除：\(line)" }
    public func removeLine(_ line: String) -> String { "移除 \(line)" }
    public func waitsFor(_ names: String) -> String { "等待 \(names) 审批" }
    public func approvalStatus(_ status: ApprovalStatus) -> String {
        switch status {
        case .draft: "草稿"
        case .submitted: "已提交"
        case .provisional: "已审批，待确认"
        case .approved: "已通过"
        case .rejected: "已驳回"
        case .returned: "已退回"
        case .withdrawn: "已撤回"
        case .withdrawing: "已撤回，待确认"
        }
    }
    public func category(_ name: String) -> String {
        switch name {
        case "meals": "餐饮"
        case "hotel": "住宿"
        case "travel": "交通"
        case "gifts": "礼品"
        default: name
        }
    }
    public var lookFirst: String { "先看这些" }
    public var ordinary: String { "常规" }
    public func approveOrdinary(_ count: Int) -> String { "通过 \(count) 份常规申请" }
    public func approvedMany(_ count: Int) -> String { "已通过 \(count) 份" }
    public var provisionalHint: String { "您的审批已在本机，服务器确认后生效。" }
    public func overLimitBy(_ amount: String) -> String { "超标 \(amount)" }
    public var categoryOverLimit: String { "超出类别限额" }
    public func receiptSeenBefore(_ count: Int) -> String { "\(count) 张票据曾提交过" }
    public var noVisit: String { "未关联拜访" }
    public var placeInDoubt: String { "拜访位置存疑" }
    public var changedSinceYouDecided: String { "您上次审批后有改动" }
    public func inPlaceOf(_ name: String) -> String { "代 \(name) 审批" }
    public func handedInAt(_ at: String) -> String { "\(at) 提交" }
    public func visitOfRequest(_ name: String) -> String { "拜访 \(name)" }
    public var approve: String { "通过" }
    public var returnIt: String { "退回" }
    public var returnMore: String { "退回…" }
    public var returnHint: String { "退回后申请人可修改再提交，请说明要改什么。" }
    public var reject: String { "驳回" }
    public var rejectMore: String { "驳回…" }
    public var rejectHint: String { "驳回后申请结束，请说明理由。" }
    public func decisionSaid(_ decision: Decision, _ title: String) -> String {
        switch decision {
        case .approve: "已通过：\(title)"
        case .reject: "已驳回：\(title)"
        case .return: "已退回：\(title)"
        }
    }
    public var categoryField: String { "类别" }
    public var total: String { "合计" }
    public var yes: String { "是" }
    public var no: String { "否" }
    public var notFilledIn: String { "未填写" }
    public var linkedElsewhere: String { "已改为关联另一客户或拜访" }
    public func alreadyDecidedBy(_ name: String) -> String { "\(name) 已先审批" }
    public var editLine: String { "修改明细" }
    public var newRequest: String { "新建申请" }
    public var whatKind: String { "申请类型" }
    public var backTo: String { "退回到" }
    public var whoAsks: String { "申请人" }
    public var handOverMore: String { "转交或加签…" }
    public var handOver: String { "转交或加签" }
    public var beside: String { "加签" }
    public func handingHint(_ handing: Handing) -> String { handing == .add ? "此申请由您和对方共同审批。" : "此申请由对方代您审批。" }
    public var inMyStead: String { "委办" }
    public var whom: String { "交给谁" }
    public var noteForThem: String { "给对方的说明" }
    public var decideFor: String { "您代表谁审批" }
    public var myself: String { "本人" }
}
