package org.fieldbook.app

import org.fieldbook.Language

/** What the system shows for the app: questions and notifications. The screens' words are in android/ui. */
interface AppStrings {
    val placeTitle: String
    val placeReason: String
    val notNow: String
    val goOn: String
    val channel: String
    fun needAttention(count: Long): String
    val needAttentionText: String
    fun wait(count: Int): String
    fun due(count: Int): String
    val dueText: String
    val signInEnded: String
    val signInEndedText: String

    companion object {
        /** The strings of a language. */
        fun of(language: Language): AppStrings = if (language == Language.ZH) AppZh else AppEn
    }
}

internal object AppEn : AppStrings {
    override val placeTitle = "Your position, at check-in only"
    override val placeReason =
        "With it a visit shows how far you are from the door. It is read when you check in or out, or tap “near me”, and at no " +
            "other time. You can go on without it."
    override val notNow = "Not now"
    override val goOn = "Go on"
    override val channel = "What needs you"
    override fun needAttention(count: Long) = if (count == 1L) "1 item needs attention" else "$count items need attention"
    override val needAttentionText = "It was not accepted. Your text is kept."
    override fun wait(count: Int) = if (count == 1) "1 request waits for you" else "$count requests wait for you"
    override fun due(count: Int) = if (count == 1) "1 customer is due for a visit" else "$count customers are due for a visit"
    override val dueText = "The list is under Today."
    override val signInEnded = "Sign in again"
    override val signInEndedText = "Your work is safe on this phone and goes out when you do."
}

internal object AppZh : AppStrings {
    override val placeTitle = "仅在签到时使用位置"
    override val placeReason = "用于显示您离门店有多远。只在签到、签退或点“离我最近”时读取，其他时候不读取。不开启也可以继续。"
    override val notNow = "暂不开启"
    override val goOn = "继续"
    override val channel = "需要您处理的事"
    override fun needAttention(count: Long) = "$count 项需要处理"
    override val needAttentionText = "该内容未被接受，您写的内容已保留。"
    override fun wait(count: Int) = "$count 份申请等您审批"
    override fun due(count: Int) = "有 $count 家客户该拜访了"
    override val dueText = "名单在“今天”页。"
    override val signInEnded = "请重新登录"
    override val signInEndedText = "您的内容保存在本机，登录后自动发送。"
}
