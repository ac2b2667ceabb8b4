package org.fieldbook.ui.words

/** What was not accepted, sync, and the account. */
interface PhoneStrings {
    val nothingNeedsAttention: String
    val notAccepted: String
    fun youDidThis(at: String): String
    val yourTextIsKept: String
    val followsAnother: String
    val keepAsNote: String
    val correctMore: String
    val sendAgain: String
    val sendCorrected: String
    fun discardThis(characters: Int, followers: Int): String
    fun discarded(characters: Int, followers: Int): String
    val exportAll: String
    fun work(name: String): String
    fun typedField(name: String): String
    val syncTitle: String
    fun acceptedOf(accepted: String, all: String): String
    fun oldestFrom(at: String): String
    val upToDate: String
    val syncStopped: String
    fun retryIn(seconds: Long): String
    val tryNow: String
    val trying: String
    val receipt: String
    fun allOnServer(count: String, at: String): String
    fun notAllOnServer(count: String): String
    fun receiptNumberOf(number: String): String
    fun signedFor(count: String, at: String): String
    val receiptDetails: String
    val thisPhone: String
    fun records(count: String): String
    fun storage(megabytes: String): String
    val languageTitle: String
    val about: String
    fun aboutText(version: String, server: String): String
    val exportForSupport: String
    val exportHint: String
    val signOut: String
    val signOutHint: String
}

internal object PhoneEn : PhoneStrings {
    override val nothingNeedsAttention = "Nothing needs your attention. What the server does not accept waits here, with your own words."
    override val notAccepted = "Not accepted"
    override fun youDidThis(at: String) = "You did this $at"
    override val yourTextIsKept = "Your text is kept:"
    override val followsAnother = "This follows another item above. Settle that one first."
    override val keepAsNote = "Keep it as a note of the visit"
    override val correctMore = "Edit…"
    override val sendAgain = "Send again"
    override val sendCorrected = "Send the corrected text"
    override fun discardThis(characters: Int, followers: Int) =
        (if (characters == 0) "Discard" else "Discard these $characters characters") + following(followers)
    override fun discarded(characters: Int, followers: Int) =
        (if (characters == 0) "Discarded" else "$characters characters discarded") + following(followers)
    override val exportAll = "Export all"
    override fun work(name: String) = when (name) {
        "add_customer" -> "New customer"
        "edit_customer", "set_tag", "ask_customer" -> "Customer"
        "put_contact", "remove_contact" -> "Contact"
        "plan_visit", "move_plan" -> "Visit plan"
        "start_visit" -> "Start of a visit"
        "record_step" -> "Step of a visit"
        "edit_note", "set_next_step" -> "Notes of a visit"
        "finish_visit" -> "End of a visit"
        "cancel_visit" -> "Cancelled visit"
        "check_in" -> "Check-in"
        "log_entry", "edit_entry", "add_comment" -> "Activity"
        "decide", "hand_over" -> "Decision"
        else -> "Request"
    }
    override fun typedField(name: String) = when (name) {
        "name" -> "Name"
        "address" -> "Address"
        "purpose" -> "What for"
        "start" -> "Time"
        "step" -> "Step"
        "value" -> "Result"
        "note", "insert", "text" -> "Text"
        "outcome" -> "Outcome"
        "reason" -> "Reason"
        "title" -> "What for"
        "date" -> "Day"
        "category" -> "Category"
        "amount" -> "Amount"
        else -> name
    }
    override val syncTitle = "Sync"
    override fun acceptedOf(accepted: String, all: String) = "$accepted of $all accepted"
    override fun oldestFrom(at: String) = "oldest from $at"
    override val upToDate = "The phone and the server know the same."
    override val syncStopped = "Nothing is being sent just now."
    override fun retryIn(seconds: Long) = "Tries again in $seconds s"
    override val tryNow = "Try now"
    override val trying = "Trying…"
    override val receipt = "Receipt"
    override fun allOnServer(count: String, at: String) = if (count == "1") "Your 1 item is on the server as of $at" else "All $count items are on the server as of $at"
    override fun notAllOnServer(count: String) = if (count == "1") "1 item is not on the server yet" else "$count items are not on the server yet"
    override fun receiptNumberOf(number: String) = "No. $number"
    override fun signedFor(count: String, at: String) = "The server signed for $count items at $at"
    override val receiptDetails = "Export the signed receipt"
    override val thisPhone = "This phone"
    override fun records(count: String) = "$count records"
    override fun storage(megabytes: String) = "storage $megabytes MB"
    override val languageTitle = "Language"
    override val about = "About"
    override fun aboutText(version: String, server: String) = "Fieldbook $version · $server"
    override val exportForSupport = "Export for support"
    override val exportHint = "It holds how sync went, the receipts, and the text of what was not accepted. You choose who gets it."
    override val signOut = "Sign out"
    override val signOutHint = "What you wrote stays on this phone and goes out when you sign in again."

    private fun following(items: Int) = when (items) {
        0 -> ""
        1 -> ", with 1 item that follows"
        else -> ", with $items items that follow"
    }
}

internal object PhoneZh : PhoneStrings {
    override val nothingNeedsAttention = "没有需要处理的内容。服务器未接受的内容会连同原文列在这里。"
    override val notAccepted = "未被接受"
    override fun youDidThis(at: String) = "您于 $at 操作"
    override val yourTextIsKept = "您写的内容已保留："
    override val followsAnother = "此项依赖上面的另一项，请先处理那一项。"
    override val keepAsNote = "记入拜访备注"
    override val correctMore = "修改…"
    override val sendAgain = "重新发送"
    override val sendCorrected = "发送修改后的内容"
    override fun discardThis(characters: Int, followers: Int) =
        (if (characters == 0) "放弃" else "放弃这 $characters 个字") + following(followers)
    override fun discarded(characters: Int, followers: Int) =
        (if (characters == 0) "已放弃" else "已放弃 $characters 个字") + following(followers)
    override val exportAll = "全部导出"
    override fun work(name: String) = when (name) {
        "add_customer" -> "新客户"
        "edit_customer", "set_tag", "ask_customer" -> "客户资料"
        "put_contact", "remove_contact" -> "联系人"
        "plan_visit", "move_plan" -> "拜访计划"
        "start_visit" -> "开始拜访"
        "record_step" -> "拜访步骤"
        "edit_note", "set_next_step" -> "拜访备注"
        "finish_visit" -> "结束拜访"
        "cancel_visit" -> "取消拜访"
        "check_in" -> "签到"
        "log_entry", "edit_entry", "add_comment" -> "活动记录"
        "decide", "hand_over" -> "审批"
        else -> "申请"
    }
    override fun typedField(name: String) = when (name) {
        "name" -> "名称"
        "address" -> "地址"
        "purpose" -> "拜访目的"
        "start" -> "时间"
        "step" -> "步骤"
        "value" -> "结果"
        "note", "insert", "text" -> "内容"
        "outcome" -> "拜访结果"
        "reason" -> "原因"
        "title" -> "用途"
        "date" -> "日期"
        "category" -> "类别"
        "amount" -> "金额"
        else -> name
    }
    override val syncTitle = "同步"
    override fun acceptedOf(accepted: String, all: String) = "已确认 $accepted / $all"
    override fun oldestFrom(at: String) = "最早一项 $at"
    override val upToDate = "本机与服务器内容一致。"
    override val syncStopped = "当前没有在发送。"
    override fun retryIn(seconds: Long) = "$seconds 秒后重试"
    override val tryNow = "立即重试"
    override val trying = "正在尝试…"
    override val receipt = "回执"
    override fun allOnServer(count: String, at: String) = "截至 $at，全部 $count 项已在服务器"
    override fun notAllOnServer(count: String) = "还有 $count 项未到服务器"
    override fun receiptNumberOf(number: String) = "编号 $number"
    override fun signedFor(count: String, at: String) = "服务器已于 $at 签收 $count 项"
    override val receiptDetails = "导出签名回执"
    override val thisPhone = "本机"
    override fun records(count: String) = "$count 项记录"
    override fun storage(megabytes: String) = "占用 $megabytes MB"
    override val languageTitle = "语言"
    override val about = "关于"
    override fun aboutText(version: String, server: String) = "Fieldbook 外勤 $version · $server"
    override val exportForSupport = "导出给技术支持"
    override val exportHint = "包含同步情况、回执和未被接受的内容原文，由您选择发给谁。"
    override val signOut = "退出登录"
    override val signOutHint = "您写的内容会留在本机，重新登录后继续发送。"

    private fun following(items: Int) = if (items == 0) "" else "，连同后续 $items 项"
}
