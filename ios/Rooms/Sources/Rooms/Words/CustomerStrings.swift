import FieldbookKit

/// Customers and the log.
public protocol CustomerStrings: Sendable {
    var aCustomer: String { get }
    var searchHint: String { get }
    var nearMe: String { get }
    var newCustomer: String { get }
    var noCustomers: String { get }
    func nothingFound(_ text: String) -> String
    var nobodyNearYou: String { get }
    var customerName: String { get }
    var address: String { get }
    var iAmHere: String { get }
    func grade(_ grade: String) -> String
    func nextVisitDue(_ day: String) -> String
    var showOnMap: String { get }
    var contacts: String { get }
    var addContact: String { get }
    var contactName: String { get }
    var contactRole: String { get }
    var contactPhone: String { get }
    var contactMail: String { get }
    func call(_ number: String) -> String
    var editCustomer: String { get }
    func twoValues(_ field: String) -> String
    var thisPlace: String { get }
    func otherPlace(_ way: String) -> String
    var nothingHappened: String { get }
    var writeActivity: String { get }
    var activity: String { get }
    var whatHappened: String { get }
    func whatHappenedAt(_ name: String) -> String
    var write: String { get }
    var noActivity: String { get }
    var editContact: String { get }
    func contactRemoved(_ name: String) -> String
    func removeContact(_ name: String) -> String
    func mailTo(_ address: String) -> String
    var pool: String { get }
    var inPool: String { get }
    func lookedAfterBy(_ name: String) -> String
    func holding(_ held: Int, _ limit: Int) -> String
    var claim: String { get }
    var release: String { get }
    var askOwner: String { get }
    var askGrade: String { get }
    var askServer: String { get }
    func askHint(_ kind: CustomerWish.Kind) -> String
    var requestsAsked: String { get }
    var whyAsk: String { get }
    func asked(_ wish: AskedFor) -> String
    var visitsHere: String { get }
}

extension English {
    public var aCustomer: String { "Customer" }
    public var searchHint: String { "Name, address, contact, tag" }
    public var nearMe: String { "Near me" }
    public var newCustomer: String { "New customer" }
    public var noCustomers: String { "No customers yet. They arrive with the first sync; you can also add one." }
    public func nothingFound(_ text: String) -> String { "Nothing found for “\(text)”. Try fewer letters, or add the customer." }
    public var nobodyNearYou: String { "No customer within 50 km has a place on file. Search by name, or add the one you are at." }
    public var customerName: String { "Name of the customer" }
    public var address: String { "Address" }
    public var iAmHere: String { "I am there: take this place" }
    public func grade(_ grade: String) -> String { "grade \(grade)" }
    public func nextVisitDue(_ day: String) -> String { "Next visit due \(day)" }
    public var showOnMap: String { "Map" }
    public var contacts: String { "Contacts" }
    public var addContact: String { "Add a contact" }
    public var contactName: String { "Name" }
    public var contactRole: String { "Role" }
    public var contactPhone: String { "Telephone" }
    public var contactMail: String { "Mail" }
    public func call(_ number: String) -> String { "Call \(number)" }
    public var editCustomer: String { "Edit" }
    public func twoValues(_ field: String) -> String {
        switch field {
        case "name": "Two names were entered at the same time. Which one is right?"
        case "address": "Two addresses were entered at the same time. Which one is right?"
        case "position": "Two places were entered at the same time. Which one is right?"
        default: "Two grades were set at the same time; the first one counts. Ask for another if it is wrong."
        }
    }
    public var thisPlace: String { "The place on the map" }
    public func otherPlace(_ way: String) -> String { "The other one, \(way) of it" }
    public var nothingHappened: String { "Nothing happened here yet. Start or plan the first visit." }
    public var writeActivity: String { "Write into the log" }
    public var activity: String { "Activity" }
    public var whatHappened: String { "What happened?" }
    public func whatHappenedAt(_ name: String) -> String { "What happened at \(name)?" }
    public var write: String { "Write" }
    public var noActivity: String { "Nothing written yet. Write the first entry below." }
    public var editContact: String { "Change the contact" }
    public func contactRemoved(_ name: String) -> String { "Removed: \(name)" }
    public func removeContact(_ name: String) -> String { "Remove \(name)" }
    public func mailTo(_ address: String) -> String { "Mail to \(address)" }
    public var pool: String { "Pool" }
    public var inPool: String { "In the pool: nobody looks after it." }
    public func lookedAfterBy(_ name: String) -> String { "Looked after by \(name)" }
    public func holding(_ held: Int, _ limit: Int) -> String { "You look after \(held) of at most \(limit) customers" }
    public var claim: String { "Ask for this customer" }
    public var release: String { "Put back into the pool" }
    public var askOwner: String { "Hand to a colleague" }
    public var askGrade: String { "Another grade" }
    public var askServer: String { "Ask" }
    public func askHint(_ kind: CustomerWish.Kind) -> String { switch kind { case .claim: "Whoever’s request reaches the server first gets it. You hear either way."; case .release: "A colleague can look after it then. What you wrote about it stays."; case .owner: "The customer and its history move to your colleague’s phone."; case .grade: "The grade decides how often a visit is due." } }
    public var requestsAsked: String { "Asked for" }
    public var whyAsk: String { "Why" }
    public func asked(_ wish: AskedFor) -> String { switch wish { case .claim: "To look after it"; case .release: "To put it back into the pool"; case .owner: "To hand it to a colleague"; case .grade: "Another grade" } }
    public var visitsHere: String { "Visits" }
}

extension Chinese {
    public var aCustomer: String { "客户" }
    public var searchHint: String { "名称、地址、联系人、标签" }
    public var nearMe: String { "离我最近" }
    public var newCustomer: String { "新客户" }
    public var noCustomers: String { "还没有客户。首次同步后会显示，也可以自己添加。" }
    public func nothingFound(_ text: String) -> String { "没有找到“\(text)”。可以少输几个字再试，或新建客户。" }
    public var nobodyNearYou: String { "50 公里内没有已定位的客户。可按名称查找，或把您所在的门店添加为客户。" }
    public var customerName: String { "客户名称" }
    public var address: String { "地址" }
    public var iAmHere: String { "我就在这里，记下位置" }
    public func grade(_ grade: String) -> String { "\(grade) 级" }
    public func nextVisitDue(_ day: String) -> String { "下次拜访：\(day)" }
    public var showOnMap: String { "地图" }
    public var contacts: String { "联系人" }
    public var addContact: String { "添加联系人" }
    public var contactName: String { "姓名" }
    public var contactRole: String { "职务" }
    public var contactPhone: String { "电话" }
    public var contactMail: String { "邮箱" }
    public func call(_ number: String) -> String { "拨打 \(number)" }
    public var editCustomer: String { "编辑资料" }
    public func twoValues(_ field: String) -> String {
        switch field {
        case "name": "有两个人同时填了名称，哪个是对的？"
        case "address": "有两个人同时填了地址，哪个是对的？"
        case "position": "有两个人同时定了位置，哪个是对的？"
        default: "同时设定了两个级别，以第一个为准；如不对，请申请调整级别。"
        }
    }
    public var thisPlace: String { "地图上显示的位置" }
    public func otherPlace(_ way: String) -> String { "另一处，相距 \(way)" }
    public var nothingHappened: String { "还没有动态，可以开始或安排第一次拜访。" }
    public var writeActivity: String { "写活动记录" }
    public var activity: String { "活动记录" }
    public var whatHappened: String { "发生了什么？" }
    public func whatHappenedAt(_ name: String) -> String { "\(name) 有什么情况？" }
    public var write: String { "记录" }
    public var noActivity: String { "还没有活动记录，请在下方写第一条。" }
    public var editContact: String { "修改联系人" }
    public func contactRemoved(_ name: String) -> String { "已移除：\(name)" }
    public func removeContact(_ name: String) -> String { "移除 \(name)" }
    public func mailTo(_ address: String) -> String { "发邮件到 \(address)" }
    public var pool: String { "公海" }
    public var inPool: String { "在公海中，暂无人负责。" }
    public func lookedAfterBy(_ name: String) -> String { "由 \(name) 负责" }
    public func holding(_ held: Int, _ limit: Int) -> String { "您负责 \(held) 家，最多 \(limit) 家" }
    public var claim: String { "领取该客户" }
    public var release: String { "放回公海" }
    public var askOwner: String { "转给同事" }
    public var askGrade: String { "调整级别" }
    public var askServer: String { "提交申请" }
    public func askHint(_ kind: CustomerWish.Kind) -> String { switch kind { case .claim: "谁的申请先到服务器就归谁，结果都会告诉您。"; case .release: "放回后同事可以领取，您写过的内容会保留。"; case .owner: "客户和历史记录会转到同事的手机。"; case .grade: "级别决定多久该拜访一次。" } }
    public var requestsAsked: String { "申请记录" }
    public var whyAsk: String { "理由" }
    public func asked(_ wish: AskedFor) -> String { switch wish { case .claim: "领取客户"; case .release: "放回公海"; case .owner: "转给同事"; case .grade: "调整级别" } }
    public var visitsHere: String { "拜访记录" }
}
