package org.fieldbook.ui.words

/** What every screen says. */
interface CommonStrings {
    val appName: String
    val comma: String
    val colon: String
    val back: String
    val undo: String
    val save: String
    val add: String
    val edit: String
    val remark: String
    val begin: String
    val goOn: String
    val tryAgain: String
    val understood: String
    val waiting: String
    val you: String
    val somebody: String
    val today: String
    val approvals: String
    val customers: String
    val expenses: String
    val me: String
    val onThisPhone: String
    val sent: String
    val sentUnanswered: String
    val accepted: String
    val needsAttention: String
    val waitingForServer: String
    val syncing: String
    val receiving: String
    val offline: String
    val noAnswer: String
    val networkAsksToSignIn: String
    val signInIsOver: String
    val everythingAccepted: String
    val noContactYet: String
    fun itemsOnThisPhone(count: Long): String
    fun lastContact(at: String): String
    fun needAttention(count: Long): String
    val notOnThisPhone: String
    val openNetworkSignIn: String
    val updateApp: String
    val openClockSettings: String
    val signInAgain: String
}

internal object CommonEn : CommonStrings {
    override val appName = "Fieldbook"
    override val comma = ", "
    override val colon = ": "
    override val back = "Back"
    override val undo = "Undo"
    override val save = "Save"
    override val add = "Add"
    override val edit = "Edit"
    override val remark = "Remark"
    override val begin = "Begin"
    override val goOn = "Go on"
    override val tryAgain = "Try again"
    override val understood = "Got it"
    override val waiting = "Loading"
    override val you = "you"
    override val somebody = "somebody you cannot see"
    override val today = "Today"
    override val approvals = "Approvals"
    override val customers = "Customers"
    override val expenses = "Expenses"
    override val me = "Me"
    override val onThisPhone = "On this phone"
    override val sent = "Sent"
    override val sentUnanswered = "Tried to send, no answer yet"
    override val accepted = "Accepted"
    override val needsAttention = "Needs attention"
    override val waitingForServer = "Waiting for the server"
    override val syncing = "Sending"
    override val receiving = "Receiving"
    override val offline = "Offline"
    override val noAnswer = "The server does not answer"
    override val networkAsksToSignIn = "This network asks for a sign-in"
    override val signInIsOver = "Sign-in ended"
    override val everythingAccepted = "Everything accepted"
    override val noContactYet = "no contact yet"
    override fun itemsOnThisPhone(count: Long) = if (count == 1L) "1 item on this phone" else "$count items on this phone"
    override fun lastContact(at: String) = "last contact $at"
    override fun needAttention(count: Long) = if (count == 1L) "1 needs attention" else "$count need attention"
    override val notOnThisPhone = "This is not on this phone any more. It may be somebody else’s now."
    override val openNetworkSignIn = "Open the Wi-Fi settings"
    override val updateApp = "Update the app"
    override val openClockSettings = "Open date and time"
    override val signInAgain = "Sign in again"
}

internal object CommonZh : CommonStrings {
    override val appName = "Fieldbook 外勤"
    override val comma = "，"
    override val colon = "："
    override val back = "返回"
    override val undo = "撤销"
    override val save = "保存"
    override val add = "添加"
    override val edit = "修改"
    override val remark = "评论"
    override val begin = "开始"
    override val goOn = "继续"
    override val tryAgain = "重试"
    override val understood = "知道了"
    override val waiting = "正在读取"
    override val you = "我"
    override val somebody = "不在您可见范围内的同事"
    override val today = "今天"
    override val approvals = "审批"
    override val customers = "客户"
    override val expenses = "费用"
    override val me = "我的"
    override val onThisPhone = "仅在本机"
    override val sent = "已送达"
    override val sentUnanswered = "已尝试发送，未收到回应"
    override val accepted = "已确认"
    override val needsAttention = "需要处理"
    override val waitingForServer = "等待服务器确认"
    override val syncing = "正在发送"
    override val receiving = "正在接收"
    override val offline = "离线"
    override val noAnswer = "服务器没有回应"
    override val networkAsksToSignIn = "当前网络需要先登录"
    override val signInIsOver = "登录已失效"
    override val everythingAccepted = "全部已确认"
    override val noContactYet = "尚未联系过服务器"
    override fun itemsOnThisPhone(count: Long) = "本机 $count 项待送达"
    override fun lastContact(at: String) = "上次联系 $at"
    override fun needAttention(count: Long) = "$count 项需要处理"
    override val notOnThisPhone = "该记录已不在本机，可能已转给其他同事。"
    override val openNetworkSignIn = "打开 WLAN 设置"
    override val updateApp = "更新应用"
    override val openClockSettings = "打开日期和时间设置"
    override val signInAgain = "重新登录"
}
