package org.fieldbook.ui.words

import org.fieldbook.Handing

/** Requests of every form of the house, and bringing somebody in. */
interface FormStrings {
    val otherRequest: String
    val kindOfRequest: String
    val chooseDay: String
    val clear: String
    val emptyField: String
    fun atMost(most: String): String
    val bringInMore: String
    val bringIn: String
    fun handing(handing: Handing): String
    fun handingHint(handing: Handing): String
    val whom: String
    val findPerson: String
    fun broughtIn(name: String): String
    val decideFor: String
    val myself: String
    val backTo: String
    val toTheApplicant: String
}

internal object FormEn : FormStrings {
    override val otherRequest = "Another request…"
    override val kindOfRequest = "What kind"
    override val chooseDay = "Choose a day"
    override val clear = "Clear"
    override val emptyField = "not filled in"
    override fun atMost(most: String) = "at most $most"
    override val bringInMore = "Bring in…"
    override val bringIn = "Bring in"
    override fun handing(handing: Handing) = if (handing == Handing.ADD) "Beside me" else "In my place"
    override fun handingHint(handing: Handing) =
        if (handing == Handing.ADD) "You both decide on this request." else "They decide on this request instead of you."
    override val whom = "Whom"
    override val findPerson = "Look for a name"
    override fun broughtIn(name: String) = "$name was brought in"
    override val decideFor = "You decide for"
    override val myself = "myself"
    override val backTo = "Back to"
    override val toTheApplicant = "whoever asked"
}

internal object FormZh : FormStrings {
    override val otherRequest = "其他申请…"
    override val kindOfRequest = "申请类型"
    override val chooseDay = "选择日期"
    override val clear = "清空"
    override val emptyField = "未填写"
    override fun atMost(most: String) = "不超过 $most"
    override val bringInMore = "委办或加签…"
    override val bringIn = "确定"
    override fun handing(handing: Handing) = if (handing == Handing.ADD) "加签" else "委办"
    override fun handingHint(handing: Handing) = if (handing == Handing.ADD) "此申请由您和对方共同审批。" else "此申请由对方代您审批。"
    override val whom = "交给谁"
    override val findPerson = "按姓名查找"
    override fun broughtIn(name: String) = "已请 $name 审批"
    override val decideFor = "您代表谁审批"
    override val myself = "本人"
    override val backTo = "退回到"
    override val toTheApplicant = "申请人"
}
