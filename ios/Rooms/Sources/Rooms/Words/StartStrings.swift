import FieldbookKit

/// Signing in, and records that do not open.
public protocol StartStrings: Sendable {
    var signInTitle: String { get }
    var signInHint: String { get }
    var signIn: String { get }
    var signingIn: String { get }
    var scanCode: String { get }
    var cameraNotAllowed: String { get }
    var code: String { get }
    var codeHint: String { get }
    var server: String { get }
    var serverHint: String { get }
    var filledFromLink: String { get }
    var onThisPhoneAre: String { get }
    var accountsStay: String { get }
    var setAside: String { get }
    func hello(_ name: String) -> String
    func role(_ role: Role) -> String
    func recordsArriving(_ count: String) -> String
    func recordsArrived(_ count: String) -> String
    var beginHint: String { get }
    var stoppedTitle: String { get }
    func recordsOf(_ name: String) -> String
    func fileKeptAt(_ path: String) -> String
    var recover: String { get }
    var recoverHint: String { get }
    var recoveredTitle: String { get }
    func recoveredItems(_ count: Int) -> String
    var signInToGoOn: String { get }
}

extension English {
    public var signInTitle: String { "Sign in" }
    public var signInHint: String { "Your administrator gives you a link, a QR code or a code. It works once." }
    public var signIn: String { "Sign in" }
    public var signingIn: String { "Signing in…" }
    public var scanCode: String { "Scan a QR code" }
    public var cameraNotAllowed: String { "The app may not use the camera. Allow it in the settings, or type the code below." }
    public var code: String { "Code or link" }
    public var codeHint: String { "For example 7K3M-Q8RT; a pasted link works, too" }
    public var server: String { "Server" }
    public var serverHint: String { "For example https://fieldbook.example" }
    public var filledFromLink: String { "Filled in from the link" }
    public var onThisPhoneAre: String { "Records on this phone" }
    public var accountsStay: String { "They stay as they are, whoever signs in." }
    public var setAside: String { "The key to these records was lost; the file is kept." }
    public func hello(_ name: String) -> String { "Hello, \(name)" }
    public func role(_ role: Role) -> String { role == .supervisor ? "Supervisor" : "Sales rep" }
    public func recordsArriving(_ count: String) -> String { "Your customers are arriving: \(count) so far" }
    public func recordsArrived(_ count: String) -> String { "\(count) records are here" }
    public var beginHint: String { "You can begin now; the rest keeps arriving." }
    public var stoppedTitle: String { "Your records do not open" }
    public func recordsOf(_ name: String) -> String { "Records of \(name). Nothing was deleted." }
    public func fileKeptAt(_ path: String) -> String { "The file is kept: \(path)" }
    public var recover: String { "Save what still reads" }
    public var recoverHint: String { "The damaged file is kept. What you wrote and the server does not have yet is put under “Needs attention”; the rest comes from the server again." }
    public var recoveredTitle: String { "Saved" }
    public func recoveredItems(_ count: Int) -> String { count == 0 ? "Nothing was waiting in it." : "\(count) of your items wait under “Needs attention”." }
    public var signInToGoOn: String { "Sign in again to go on. Ask your administrator for a code." }
}

extension Chinese {
    public var signInTitle: String { "登录" }
    public var signInHint: String { "管理员会给您一个链接、二维码或登录码，仅能使用一次。" }
    public var signIn: String { "登录" }
    public var signingIn: String { "正在登录…" }
    public var scanCode: String { "扫描二维码" }
    public var cameraNotAllowed: String { "应用没有相机权限。可以在设置中开启，也可以在下方输入登录码。" }
    public var code: String { "登录码或链接" }
    public var codeHint: String { "例如 7K3M-Q8RT，也可以直接粘贴链接" }
    public var server: String { "服务器地址" }
    public var serverHint: String { "例如 https://fieldbook.example" }
    public var filledFromLink: String { "已按链接填好" }
    public var onThisPhoneAre: String { "本机已有的记录" }
    public var accountsStay: String { "无论谁登录，这些记录都会原样保留。" }
    public var setAside: String { "这些记录的密钥已丢失，文件仍然保留。" }
    public func hello(_ name: String) -> String { "您好，\(name)" }
    public func role(_ role: Role) -> String { role == .supervisor ? "主管" : "业务员" }
    public func recordsArriving(_ count: String) -> String { "正在接收您的客户，已收到 \(count) 项" }
    public func recordsArrived(_ count: String) -> String { "\(count) 项记录已到齐" }
    public var beginHint: String { "现在就可以开始，其余内容会陆续到达。" }
    public var stoppedTitle: String { "记录打不开" }
    public func recordsOf(_ name: String) -> String { "\(name) 的记录，没有删除任何内容。" }
    public func fileKeptAt(_ path: String) -> String { "文件保留在：\(path)" }
    public var recover: String { "抢救可读内容" }
    public var recoverHint: String { "损坏的文件会保留。尚未送达的内容会放到“需要处理”，其余内容从服务器重新获取。" }
    public var recoveredTitle: String { "已抢救" }
    public func recoveredItems(_ count: Int) -> String { count == 0 ? "其中没有待送达的内容。" : "您的 \(count) 项内容已放到“需要处理”。" }
    public var signInToGoOn: String { "请重新登录以继续，登录码请向管理员索取。" }
}
