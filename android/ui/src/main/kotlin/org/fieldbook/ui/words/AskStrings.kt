package org.fieldbook.ui.words

import org.fieldbook.AskedFor

/** The pool, and what the server is asked to decide about a customer. */
interface AskStrings {
    val pool: String
    val poolEmpty: String
    fun notInPool(text: String): String
    val wholePool: String
    fun holdings(held: String, limit: String): String
    fun claimsWaiting(count: Long): String
    val claim: String
    val claimTitle: String
    val claimHint: String
    val release: String
    val releaseHint: String
    val askGrade: String
    val askGradeHint: String
    val askOwner: String
    val askOwnerHint: String
    val askForMore: String
    val askForTitle: String
    val ask: String
    val whyField: String
    val toWhom: String
    val requestsAsked: String
    fun asked(what: AskedFor, name: String?, grade: String?): String
    val granted: String
    val notGranted: String
    val nobodysCustomer: String
}

internal object AskEn : AskStrings {
    override val pool = "Pool"
    override val poolEmpty = "The pool of your unit is empty. Customers that nobody looks after are listed here."
    override fun notInPool(text: String) = "Nobody in the pool is called “$text”. Try another word, or look through the whole pool."
    override val wholePool = "Show the whole pool"
    override fun holdings(held: String, limit: String) = "You look after $held of at most $limit customers"
    override fun claimsWaiting(count: Long) = if (count == 1L) "1 claim waits for the server" else "$count claims wait for the server"
    override val claim = "Ask for this customer"
    override val claimTitle = "Look after this customer"
    override val claimHint = "Whoever’s request reaches the server first gets it. You hear either way."
    override val release = "Put back into the pool"
    override val releaseHint = "A colleague can look after it then. What you wrote about it stays."
    override val askGrade = "Another grade"
    override val askGradeHint = "The grade decides how often a visit is due."
    override val askOwner = "Hand to a colleague"
    override val askOwnerHint = "The customer and its history move to your colleague’s phone."
    override val askForMore = "Ask for…"
    override val askForTitle = "Ask the server"
    override val ask = "Ask"
    override val whyField = "Why"
    override val toWhom = "To whom"
    override val requestsAsked = "Asked for"
    override fun asked(what: AskedFor, name: String?, grade: String?) = when (what) {
        AskedFor.CLAIM -> "To look after it"
        AskedFor.RELEASE -> "To put it back into the pool"
        AskedFor.OWNER -> listOfNotNull("To hand it to", name ?: "a colleague").joinToString(" ")
        AskedFor.GRADE -> listOfNotNull("Grade", grade).joinToString(" ")
    }
    override val granted = "Granted"
    override val notGranted = "Not granted"
    override val nobodysCustomer = "In the pool: nobody looks after it."
}

internal object AskZh : AskStrings {
    override val pool = "公海"
    override val poolEmpty = "本部门公海里没有客户。无人负责的客户会列在这里。"
    override fun notInPool(text: String) = "公海里没有“$text”。换个词试试，或查看全部公海客户。"
    override val wholePool = "查看全部公海客户"
    override fun holdings(held: String, limit: String) = "您负责 $held 家，最多 $limit 家"
    override fun claimsWaiting(count: Long) = "$count 份领取申请等待服务器确认"
    override val claim = "领取该客户"
    override val claimTitle = "领取客户"
    override val claimHint = "谁的申请先到服务器就归谁，结果都会告诉您。"
    override val release = "放回公海"
    override val releaseHint = "放回后同事可以领取，您写过的内容会保留。"
    override val askGrade = "调整级别"
    override val askGradeHint = "级别决定多久该拜访一次。"
    override val askOwner = "转给同事"
    override val askOwnerHint = "客户和历史记录会转到同事的手机。"
    override val askForMore = "申请…"
    override val askForTitle = "向服务器申请"
    override val ask = "提交申请"
    override val whyField = "理由"
    override val toWhom = "转给谁"
    override val requestsAsked = "申请记录"
    override fun asked(what: AskedFor, name: String?, grade: String?) = when (what) {
        AskedFor.CLAIM -> "领取客户"
        AskedFor.RELEASE -> "放回公海"
        AskedFor.OWNER -> "转给${name ?: "同事"}"
        AskedFor.GRADE -> "调整为 ${grade.orEmpty()} 级"
    }
    override val granted = "已同意"
    override val notGranted = "未同意"
    override val nobodysCustomer = "在公海中，暂无人负责。"
}
