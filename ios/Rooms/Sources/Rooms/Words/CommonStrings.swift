import FieldbookKit

/// What every screen says.
public protocol CommonStrings: Sendable {
    var appName: String { get }
    var comma: String { get }
    var back: String { get }
    var undo: String { get }
    var save: String { get }
    var add: String { get }
    var edit: String { get }
    var remark: String { get }
    var begin: String { get }
    var goOn: String { get }
    var tryAgain: String { get }
    var endTyping: String { get }
    var understood: String { get }
    var waiting: String { get }
    var you: String { get }
    var somebody: String { get }
    var today: String { get }
    var approvals: String { get }
    var customers: String { get }
    var expenses: String { get }
    var me: String { get }
    var onThisPhone: String { get }
    var sent: String { get }
    var sentUnanswered: String { get }
    var accepted: String { get }
    var needsAttention: String { get }
    var waitingForServer: String { get }
    var syncing: String { get }
    var offline: String { get }
    var noAnswer: String { get }
    var everythingAccepted: String { get }
    var noContactYet: String { get }
    func itemsOnThisPhone(_ count: Int) -> String
    func itemsSent(_ count: Int) -> String
    func lastContact(_ at: String) -> String
    func needAttention(_ count: Int) -> String
    var notOnThisPhone: String { get }
    var openNetworkSignIn: String { get }
    var updateApp: String { get }
    var signInAgain: String { get }
    var networkAsksToSignIn: String { get }
    var signInIsOver: String { get }
}

extension English {
    public var appName: String { "Fieldbook" }
    public var comma: String { ", " }
    public var back: String { "Back" }
    public var undo: String { "Undo" }
    public var save: String { "Save" }
    public var add: String { "Add" }
    public var edit: String { "Edit" }
    public var remark: String { "Remark" }
    public var begin: String { "Begin" }
    public var goOn: String { "Go on" }
    public var tryAgain: String { "Try again" }
    public var endTyping: String { "Done" }
    public var understood: String { "Got it" }
    public var waiting: String { "Loading" }
    public var you: String { "you" }
    public var somebody: String { "somebody you cannot see" }
    public var today: String { "Today" }
    public var approvals: String { "Approvals" }
    public var customers: String { "Customers" }
    public var expenses: String { "Expenses" }
    public var me: String { "Me" }
    public var onThisPhone: String { "On this phone" }
    public var sent: String { "Sent" }
    public var sentUnanswered: String { "Tried to send, no answer yet" }
    public var accepted: String { "Accepted" }
    public var needsAttention: String { "Needs attention" }
    public var waitingForServer: String { "Waiting for the server" }
    public var syncing: String { "Sending" }
    public var offline: String { "Offline" }
    public var noAnswer: String { "The server does not answer" }
    public var everythingAccepted: String { "Everything accepted" }
    public var noContactYet: String { "no contact yet" }
    public func itemsOnThisPhone(_ count: Int) -> String { count == 1 ? "1 item on this phone" : "\(count) items on this phone" }
    public func itemsSent(_ count: Int) -> String { "\(count) sent" }
    public func lastContact(_ at: String) -> String { "last contact \(at)" }
    public func needAttention(_ count: Int) -> String { count == 1 ? "1 needs attention" : "\(count) need attention" }
    public var notOnThisPhone: String { "This is not on this phone any more. It may be somebody else’s now." }
    public var openNetworkSignIn: String { "Open the network’s sign-in page" }
    public var updateApp: String { "Update the app" }
    public var signInAgain: String { "Sign in again" }
    public var networkAsksToSignIn: String { "This network asks for a sign-in" }
    public var signInIsOver: String { "Sign-in ended" }
}

extension Chinese {
    public var appName: String { "Fieldbook 外勤" }
    public var comma: String { "，" }
    public var back: String { "返回" }
    public var undo: String { "撤销" }
    public var save: String { "保存" }
    public var add: String { "添加" }
    public var edit: String { "修改" }
    public var remark: String { "评论" }
    public var begin: String { "开始" }
    public var goOn: String { "继续" }
    public var tryAgain: String { "重试" }
    public var endTyping: String { "完成" }
    public var understood: String { "知道了" }
    public var waiting: String { "正在读取" }
    public var you: String { "我" }
    public var somebody: String { "不在您可见范围内的同事" }
    public var today: String { "今天" }
    public var approvals: String { "审批" }
    public var customers: String { "客户" }
    public var expenses: String { "费用" }
    public var me: String { "我的" }
    public var onThisPhone: String { "仅在本机" }
    public var sent: String { "已送达" }
    public var sentUnanswered: String { "已尝试发送，未收到回应" }
    public var accepted: String { "已确认" }
    public var needsAttention: String { "需要处理" }
    public var waitingForServer: String { "等待服务器确认" }
    public var syncing: String { "正在发送" }
    public var offline: String { "离线" }
    public var noAnswer: String { "服务器没有回应" }
    public var everythingAccepted: String { "全部已确认" }
    public var noContactYet: String { "尚未联系过服务器" }
    public func itemsOnThisPhone(_ count: Int) -> String { "本机 \(count) 项待送达" }
    public func itemsSent(_ count: Int) -> String { "已送达 \(count) 项，等待确认" }
    public func lastContact(_ at: String) -> String { "上次联系 \(at)" }
    public func needAttention(_ count: Int) -> String { "\(count) 项需要处理" }
    public var notOnThisPhone: String { "该记录已不在本机，可能已转给其他同事。" }
    public var openNetworkSignIn: String { "打开网络登录页" }
    public var updateApp: String { "更新应用" }
    public var signInAgain: String { "重新登录" }
    public var networkAsksToSignIn: String { "当前网络需要先登录" }
    public var signInIsOver: String { "登录已失效" }
}
