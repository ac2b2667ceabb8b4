import FieldbookKit

/// What was not accepted, sync, and the account.
public protocol PhoneStrings: Sendable {
    var nothingNeedsAttention: String { get }
    var notAccepted: String { get }
    func youDidThis(_ at: String) -> String
    var yourTextIsKept: String { get }
    var followsAnother: String { get }
    var keepAsNote: String { get }
    var correctMore: String { get }
    var sendAgain: String { get }
    var sendCorrected: String { get }
    func discardThis(_ characters: Int) -> String
    func discarded(_ characters: Int) -> String
    var exportAll: String { get }
    func work(_ name: String) -> String
    func typedField(_ name: String) -> String
    var syncTitle: String { get }
    func acceptedOf(_ accepted: String, _ all: String) -> String
    func oldestFrom(_ at: String) -> String
    var upToDate: String { get }
    var syncStopped: String { get }
    func retryIn(_ seconds: Int) -> String
    var tryNow: String { get }
    var trying: String { get }
    var receipt: String { get }
    func allOnServer(_ count: String, _ at: String) -> String
    func notAllOnServer(_ count: String) -> String
    func signedFor(_ count: String, _ at: String) -> String
    var receiptDetails: String { get }
    var thisPhone: String { get }
    func records(_ count: String) -> String
    func storage(_ megabytes: String) -> String
    var languageTitle: String { get }
    var about: String { get }
    func aboutText(_ version: String, _ server: String) -> String
    var exportForSupport: String { get }
    var exportHint: String { get }
    var signOut: String { get }
    var signOutHint: String { get }
    func receiptNumberOf(_ number: String) -> String
    var receiving: String { get }
}

extension English {
    public var nothingNeedsAttention: String { "Nothing needs your attention. What the server does not accept waits here, with your own words." }
    public var notAccepted: String { "Not accepted" }
    public func youDidThis(_ at: String) -> String { "You did this \(at)" }
    public var yourTextIsKept: String { "Your text is kept:" }
    public var followsAnother: String { "This follows another item above. Settle that one first." }
    public var keepAsNote: String { "Keep it as a note of the visit" }
    public var correctMore: String { "Edit…" }
    public var sendAgain: String { "Send again" }
    public var sendCorrected: String { "Send the corrected text" }
    public func discardThis(_ characters: Int) -> String { characters == 0 ? "Discard" : "Discard these \(characters) characters" }
    public func discarded(_ characters: Int) -> String { characters == 0 ? "Discarded" : "\(characters) characters discarded" }
    public var exportAll: String { "Export all" }
    public func work(_ name: String) -> String {
        switch name {
        case "add_customer": "New customer"
        case "edit_customer", "set_tag", "ask_customer": "Customer"
        case "put_contact", "remove_contact": "Contact"
        case "plan_visit", "move_plan": "Visit plan"
        case "start_visit": "Start of a visit"
        case "record_step": "Step of a visit"
        case "edit_note", "set_next_step": "Notes of a visit"
        case "finish_visit": "End of a visit"
        case "cancel_visit": "Cancelled visit"
        case "check_in": "Check-in"
        case "log_entry", "edit_entry", "add_comment": "Activity"
        case "decide", "hand_over": "Decision"
        default: "Expense"
        }
    }
    public func typedField(_ name: String) -> String {
        switch name {
        case "name": "Name"
        case "address": "Address"
        case "purpose": "What for"
        case "start": "Time"
        case "step": "Step"
        case "value": "Result"
        case "note", "insert", "text": "Text"
        case "outcome": "Outcome"
        case "reason": "Reason"
        case "title": "What for"
        case "date": "Day"
        case "category": "Category"
        case "amount": "Amount"
        default: name
        }
    }
    public var syncTitle: String { "Sync" }
    public func acceptedOf(_ accepted: String, _ all: String) -> String { "\(accepted) of \(all) accepted" }
    public func oldestFrom(_ at: String) -> String { "oldest from \(at)" }
    public var upToDate: String { "The phone and the server know the same." }
    public var syncStopped: String { "Nothing is being sent just now." }
    public func retryIn(_ seconds: Int) -> String { "Tries again in \(seconds) s" }
    public var tryNow: String { "Try now" }
    public var trying: String { "Trying…" }
    public var receipt: String { "Receipt" }
    public func allOnServer(_ count: String, _ at: String) -> String { "All \(count) items are on the server as of \(at)" }
    public func notAllOnServer(_ count: String) -> String { "\(count) items are not on the server yet" }
    public func signedFor(_ count: String, _ at: String) -> String { "The server signed for \(count) items at \(at)" }
    public var receiptDetails: String { "Export the signed receipt" }
    public var thisPhone: String { "This phone" }
    public func records(_ count: String) -> String { "\(count) records" }
    public func storage(_ megabytes: String) -> String { "storage \(megabytes) MB" }
    public var languageTitle: String { "Language" }
    public var about: String { "About" }
    public func aboutText(_ version: String, _ server: String) -> String { "Fieldbook \(version) · \(server)" }
    public var exportForSupport: String { "Export for support" }
    public var exportHint: String { "It holds how sync went, the receipts, and the text of what was not accepted. You choose who gets it." }
    public var signOut: String { "Sign out" }
    public var signOutHint: String { "What you wrote stays on this phone and goes out when you sign in again." }
    public func receiptNumberOf(_ number: String) -> String { "No. \(number)" }
    public var receiving: String { "Receiving" }
}

extension Chinese {
    public var nothingNeedsAttention: String { "没有需要处理的内容。服务器未接受的内容会连同原文列在这里。" }
    public var notAccepted: String { "未被接受" }
    public func youDidThis(_ at: String) -> String { "您于 \(at) 操作" }
    public var yourTextIsKept: String { "您写的内容已保留：" }
    public var followsAnother: String { "此项依赖上面的另一项，请先处理那一项。" }
    public var keepAsNote: String { "记入拜访备注" }
    public var correctMore: String { "修改…" }
    public var sendAgain: String { "重新发送" }
    public var sendCorrected: String { "发送修改后的内容" }
    public func discardThis(_ characters: Int) -> String { characters == 0 ? "放弃" : "放弃这 \(characters) 个字" }
    public func discarded(_ characters: Int) -> String { characters == 0 ? "已放弃" : "已放弃 \(characters) 个字" }
    public var exportAll: String { "全部导出" }
    public func work(_ name: String) -> String {
        switch name {
        case "add_customer": "新客户"
        case "edit_customer", "set_tag", "ask_customer": "客户资料"
        case "put_contact", "remove_contact": "联系人"
        case "plan_visit", "move_plan": "拜访计划"
        case "start_visit": "开始拜访"
        case "record_step": "拜访步骤"
        case "edit_note", "set_next_step": "拜访备注"
        case "finish_visit": "结束拜访"
        case "cancel_visit": "取消拜访"
        case "check_in": "签到"
        case "log_entry", "edit_entry", "add_comment": "活动记录"
        case "decide", "hand_over": "审批"
        default: "费用"
        }
    }
    public func typedField(_ name: String) -> String {
        switch name {
        case "name": "名称"
        case "address": "地址"
        case "purpose": "拜访目的"
        case "start": "时间"
        case "step": "步骤"
        case "value": "结果"
        case "note", "insert", "text": "内容"
        case "outcome": "拜访结果"
        case "reason": "原因"
        case "title": "用途"
        case "date": "日期"
        case "category": "类别"
        case "amount": "金额"
        default: name
        }
    }
    public var syncTitle: String { "同步" }
    public func acceptedOf(_ accepted: String, _ all: String) -> String { "已确认 \(accepted) / \(all)" }
    public func oldestFrom(_ at: String) -> String { "最早一项 \(at)" }
    public var upToDate: String { "本机与服务器内容一致。" }
    public var syncStopped: String { "当前没有在发送。" }
    public func retryIn(_ seconds: Int) -> String { "\(seconds) 秒后重试" }
    public var tryNow: String { "立即重试" }
    public var trying: String { "正在尝试…" }
    public var receipt: String { "回执" }
    public func allOnServer(_ count: String, _ at: String) -> String { "截至 \(at)，全部 \(count) 项已在服务器" }
    public func notAllOnServer(_ count: String) -> String { "还有 \(count) 项未到服务器" }
    public func signedFor(_ count: String, _ at: String) -> String { "服务器已于 \(at) 签收 \(count) 项" }
    public var receiptDetails: String { "导出签名回执" }
    public var thisPhone: String { "本机" }
    public func records(_ count: String) -> String { "\(count) 项记录" }
    public func storage(_ megabytes: String) -> String { "占用 \(megabytes) MB" }
    public var languageTitle: String { "语言" }
    public var about: String { "关于" }
    public func aboutText(_ version: String, _ server: String) -> String { "Fieldbook 外勤 \(version) · \(server)" }
    public var exportForSupport: String { "导出给技术支持" }
    public var exportHint: String { "包含同步情况、回执和未被接受的内容原文，由您选择发给谁。" }
    public var signOut: String { "退出登录" }
    public var signOutHint: String { "您写的内容会留在本机，重新登录后继续发送。" }
    public func receiptNumberOf(_ number: String) -> String { "编号 \(number)" }
    public var receiving: String { "正在接收" }
}
