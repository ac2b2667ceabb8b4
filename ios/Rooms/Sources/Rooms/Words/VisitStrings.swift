import FieldbookKit

/// A visit, from the door to the end.
public protocol VisitStrings: Sendable {
    var startVisit: String { get }
    var start: String { get }
    var finishVisit: String { get }
    var finish: String { get }
    var cancelVisitMore: String { get }
    var cancelVisitTitle: String { get }
    var cancelVisit: String { get }
    var cancelHint: String { get }
    var movePlan: String { get }
    var movePlanTitle: String { get }
    var planVisit: String { get }
    var savePlan: String { get }
    var planned: String { get }
    var checkedIn: String { get }
    var checkedOut: String { get }
    var cancelledAt: String { get }
    var day: String { get }
    var time: String { get }
    var purpose: String { get }
    var notes: String { get }
    var outcome: String { get }
    var nextStep: String { get }
    var lastTime: String { get }
    var history: String { get }
    var openCustomer: String { get }
    var lookingForPlace: String { get }
    var startAnyway: String { get }
    var lookAgain: String { get }
    func fromTheDoor(_ distance: String) -> String
    func fromTheAddress(_ distance: String) -> String
    var noAddressPlace: String { get }
    var tellUsWhy: String { get }
    var proposeThisPlace: String { get }
    var reasonInWords: String { get }
    var noPlace: String { get }
    var placeNotAllowed: String { get }
    var placeOff: String { get }
    var allow: String { get }
    var switchPlaceOn: String { get }
    func verdict(_ verdict: Verdict) -> String
    func step(_ name: String) -> String
    var stepOpen: String { get }
    var howMany: String { get }
    var whatIsThere: String { get }
    func inOrder(_ yes: Bool) -> String
    var placeSimulated: String { get }
    func clockWasOff(_ minutes: Int64) -> String
    var comesNow: String { get }
}

extension English {
    public var startVisit: String { "Start visit" }
    public var start: String { "Start" }
    public var finishVisit: String { "Finish visit" }
    public var finish: String { "Finish" }
    public var cancelVisitMore: String { "Cancel…" }
    public var cancelVisitTitle: String { "Cancel this visit" }
    public var cancelVisit: String { "Cancel visit" }
    public var cancelHint: String { "Say why; your supervisor reads it. Notes and results stay." }
    public var movePlan: String { "Move…" }
    public var movePlanTitle: String { "Move the visit" }
    public var planVisit: String { "Plan a visit" }
    public var savePlan: String { "Save the plan" }
    public var planned: String { "Planned" }
    public var checkedIn: String { "In" }
    public var checkedOut: String { "Out" }
    public var cancelledAt: String { "Cancelled" }
    public var day: String { "Day" }
    public var time: String { "Time" }
    public var purpose: String { "What for" }
    public var notes: String { "Notes" }
    public var outcome: String { "Outcome" }
    public var nextStep: String { "What comes next" }
    public var lastTime: String { "Last time" }
    public var history: String { "History" }
    public var openCustomer: String { "Customer" }
    public var lookingForPlace: String { "Looking for your position…" }
    public var startAnyway: String { "You need not wait: go on any time." }
    public var lookAgain: String { "Look again" }
    public func fromTheDoor(_ distance: String) -> String { "\(distance) from the door" }
    public func fromTheAddress(_ distance: String) -> String { "\(distance) from the address on file" }
    public var noAddressPlace: String { "This customer has no place on file yet." }
    public var tellUsWhy: String { "Tell us why, if you like. It does not stop the visit." }
    public var proposeThisPlace: String { "Propose this place as the customer’s" }
    public var reasonInWords: String { "In your own words" }
    public var noPlace: String { "No position yet, in a basement perhaps. You can go on without one." }
    public var placeNotAllowed: String { "The app may not know where you are. Allow it for check-ins, or go on without." }
    public var placeOff: String { "Positioning is switched off on this phone. Switch it on, or go on without." }
    public var allow: String { "Allow" }
    public var switchPlaceOn: String { "Switch on" }
    public func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .inside: "on site"
        case .outside: "away from the address"
        case .uncertain: "position too coarse to tell"
        case .unknown: "position not known"
        }
    }
    public func step(_ name: String) -> String {
        switch name {
        case "stock": "Stock"
        case "display": "Display"
        case "order": "Order"
        case "promotion": "Promotion"
        case "competitor": "Competitor"
        default: name
        }
    }
    public var stepOpen: String { "open" }
    public var howMany: String { "How many" }
    public var whatIsThere: String { "What you see" }
    public func inOrder(_ yes: Bool) -> String { yes ? "In order" : "Not in order" }
    public func clockWasOff(_ minutes: Int64) -> String { "the phone’s clock was \(span(minutes)) \(minutes < 0 ? "behind" : "ahead")" }
    private func span(_ minutes: Int64) -> String {
        switch minutes.magnitude {
        case ..<120: "\(minutes.magnitude) min"
        case ..<2_880: "\(minutes.magnitude / 60) h"
        default: "\(minutes.magnitude / 1_440) days"
        }
    }
    public var placeSimulated: String { "the phone says that this position was simulated" }
    public var comesNow: String { "now" }
}

extension Chinese {
    public var startVisit: String { "开始拜访" }
    public var start: String { "签到" }
    public var finishVisit: String { "结束拜访" }
    public var finish: String { "签退" }
    public var cancelVisitMore: String { "取消…" }
    public var cancelVisitTitle: String { "取消拜访" }
    public var cancelVisit: String { "取消拜访" }
    public var cancelHint: String { "请说明原因，主管会看到。备注和结果都会保留。" }
    public var movePlan: String { "改期…" }
    public var movePlanTitle: String { "调整拜访时间" }
    public var planVisit: String { "安排拜访" }
    public var savePlan: String { "保存计划" }
    public var planned: String { "计划" }
    public var checkedIn: String { "签到" }
    public var checkedOut: String { "签退" }
    public var cancelledAt: String { "取消" }
    public var day: String { "日期" }
    public var time: String { "时间" }
    public var purpose: String { "拜访目的" }
    public var notes: String { "备注" }
    public var outcome: String { "拜访结果" }
    public var nextStep: String { "下一步" }
    public var lastTime: String { "上次" }
    public var history: String { "动态" }
    public var openCustomer: String { "客户资料" }
    public var lookingForPlace: String { "正在定位…" }
    public var startAnyway: String { "不必等待，随时可以继续。" }
    public var lookAgain: String { "重新定位" }
    public func fromTheDoor(_ distance: String) -> String { "距门店 \(distance)" }
    public func fromTheAddress(_ distance: String) -> String { "距登记地址 \(distance)" }
    public var noAddressPlace: String { "该客户还没有登记位置。" }
    public var tellUsWhy: String { "可以说明一下原因，不影响拜访。" }
    public var proposeThisPlace: String { "把当前位置提议为客户位置" }
    public var reasonInWords: String { "用自己的话说明" }
    public var noPlace: String { "暂时定位不到，可能在室内或地下。没有定位也可以继续。" }
    public var placeNotAllowed: String { "应用没有定位权限。可以只为签到开启，也可以不开启直接继续。" }
    public var placeOff: String { "手机定位已关闭。可以开启，也可以直接继续。" }
    public var allow: String { "去开启权限" }
    public var switchPlaceOn: String { "去打开定位" }
    public func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .inside: "在现场"
        case .outside: "不在登记地址"
        case .uncertain: "定位误差较大，无法判断"
        case .unknown: "位置未知"
        }
    }
    public func step(_ name: String) -> String {
        switch name {
        case "stock": "库存"
        case "display": "陈列"
        case "order": "订货"
        case "promotion": "促销"
        case "competitor": "竞品"
        default: name
        }
    }
    public var stepOpen: String { "未填" }
    public var howMany: String { "数量" }
    public var whatIsThere: String { "所见情况" }
    public func inOrder(_ yes: Bool) -> String { yes ? "符合要求" : "不符合" }
    public func clockWasOff(_ minutes: Int64) -> String { "当时手机时钟\(minutes < 0 ? "慢" : "快")了约 \(span(minutes))" }
    private func span(_ minutes: Int64) -> String {
        switch minutes.magnitude {
        case ..<120: "\(minutes.magnitude) 分钟"
        case ..<2_880: "\(minutes.magnitude / 60) 小时"
        default: "\(minutes.magnitude / 1_440) 天"
        }
    }
    public var placeSimulated: String { "手机提示该位置为模拟位置" }
    public var comesNow: String { "现在" }
}
