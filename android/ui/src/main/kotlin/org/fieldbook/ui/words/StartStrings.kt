package org.fieldbook.ui.words

import org.fieldbook.Role

/** Signing in, and what can be in the way of it. */
interface StartStrings {
    val signInTitle: String
    val signInHint: String
    val signIn: String
    val signingIn: String
    val scanCode: String
    val code: String
    val codeHint: String
    val server: String
    val serverHint: String
    val filledFromLink: String
    val onThisPhoneAre: String
    val accountsStay: String
    val setAside: String
    fun hello(name: String): String
    fun role(role: Role): String
    fun recordsArriving(count: String): String
    fun recordsArrived(count: String): String
    val beginHint: String
    val stoppedTitle: String
    fun recordsOf(name: String): String
    fun fileKeptAt(path: String): String
    val recover: String
    val recoverHint: String
    val recoveredTitle: String
    fun recoveredItems(count: Long): String
    val signInToGoOn: String
}

internal object StartEn : StartStrings {
    override val signInTitle = "Sign in"
    override val signInHint = "Your administrator gives you a link, a QR code or a code. It works once."
    override val signIn = "Sign in"
    override val signingIn = "Signing in…"
    override val scanCode = "Scan a QR code"
    override val code = "Code or link"
    override val codeHint = "For example 7K3M-Q8RT; a pasted link works, too"
    override val server = "Server"
    override val serverHint = "For example https://fieldbook.example"
    override val filledFromLink = "Filled in from the link"
    override val onThisPhoneAre = "Records on this phone"
    override val accountsStay = "They stay as they are, whoever signs in."
    override val setAside = "The key to these records was lost; the file is kept."
    override fun hello(name: String) = "Hello, $name"
    override fun role(role: Role) = if (role == Role.SUPERVISOR) "Supervisor" else "Sales rep"
    override fun recordsArriving(count: String) = "Your customers are arriving: $count so far"
    override fun recordsArrived(count: String) = "$count records are here"
    override val beginHint = "You can begin now; the rest keeps arriving."
    override val stoppedTitle = "Your records do not open"
    override fun recordsOf(name: String) = "Records of $name. Nothing was deleted."
    override fun fileKeptAt(path: String) = "The file is kept: $path"
    override val recover = "Save what still reads"
    override val recoverHint = "The damaged file is kept. What you wrote and the server does not have yet is put under “Needs attention”; the rest comes from the server again."
    override val recoveredTitle = "Saved"
    override fun recoveredItems(count: Long) = if (count == 0L) "Nothing was waiting in it." else "$count of your items wait under “Needs attention”."
    override val signInToGoOn = "Sign in again to go on. Ask your administrator for a code."
}

internal object StartZh : StartStrings {
    override val signInTitle = "登录"
    override val signInHint = "管理员会给您一个链接、二维码或登录码，仅能使用一次。"
    override val signIn = "登录"
    override val signingIn = "正在登录…"
    override val scanCode = "扫描二维码"
    override val code = "登录码或链接"
    override val codeHint = "例如 7K3M-Q8RT，也可以直接粘贴链接"
    override val server = "服务器地址"
    override val serverHint = "例如 https://fieldbook.example"
    override val filledFromLink = "已按链接填好"
    override val onThisPhoneAre = "本机已有的记录"
    override val accountsStay = "无论谁登录，这些记录都会原样保留。"
    override val setAside = "这些记录的密钥已丢失，文件仍然保留。"
    override fun hello(name: String) = "您好，$name"
    override fun role(role: Role) = if (role == Role.SUPERVISOR) "主管" else "业务员"
    override fun recordsArriving(count: String) = "正在接收您的客户，已收到 $count 项"
    override fun recordsArrived(count: String) = "$count 项记录已到齐"
    override val beginHint = "现在就可以开始，其余内容会陆续到达。"
    override val stoppedTitle = "记录打不开"
    override fun recordsOf(name: String) = "$name 的记录，没有删除任何内容。"
    override fun fileKeptAt(path: String) = "文件保留在：$path"
    override val recover = "抢救可读内容"
    override val recoverHint = "损坏的文件会保留。尚未送达的内容会放到“需要处理”，其余内容从服务器重新获取。"
    override val recoveredTitle = "已抢救"
    override fun recoveredItems(count: Long) = if (count == 0L) "其中没有待送达的内容。" else "您的 $count 项内容已放到“需要处理”。"
    override val signInToGoOn = "请重新登录以继续，登录码请向管理员索取。"
}
