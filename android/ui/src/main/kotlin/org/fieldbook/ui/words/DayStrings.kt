package org.fieldbook.ui.words

import org.fieldbook.VisitStatus

/** The day of a rep and of a supervisor. */
interface DayStrings {
    val team: String
    val next: String
    val open: String
    val later: String
    val over: String
    val due: String
    val nearby: String
    val nothingPlanned: String
    val allDone: String
    val nobodyNear: String
    val whoIsNear: String
    val findCustomer: String
    fun goOnVisit(name: String): String
    fun visitsDone(done: Int, planned: Int): String
    fun dueSince(day: String): String
    val neverVisited: String
    fun lastVisit(day: String): String
    fun visitStatus(status: VisitStatus): String
    fun planRemark(name: String, cancelled: Boolean): String
    val waitsForYou: String
    val nothingWaits: String
    val openApprovals: String
    fun allRequests(count: Int): String
    val teamVisits: String
    val teamHasNoVisits: String
}

internal object DayEn : DayStrings {
    override val team = "Team"
    override val next = "Next"
    override val open = "Open"
    override val later = "Later"
    override val over = "Done"
    override val due = "Due"
    override val nearby = "Nearby"
    override val nothingPlanned = "No visits planned. Choose a customer who is due or near, or look for one."
    override val allDone = "All visits of today are done."
    override val nobodyNear = "No customer within 50 km has a place on file. When you check in somewhere, propose your place as the customer’s."
    override val whoIsNear = "Who is near?"
    override val findCustomer = "Find a customer"
    override fun goOnVisit(name: String) = "Go on at $name"
    override fun visitsDone(done: Int, planned: Int) = "$done of $planned visits"
    override fun dueSince(day: String) = "due $day"
    override val neverVisited = "never visited"
    override fun lastVisit(day: String) = "last visit $day"
    override fun visitStatus(status: VisitStatus) = when (status) {
        VisitStatus.PLANNED -> "planned"
        VisitStatus.STARTED -> "there now"
        VisitStatus.FINISHED -> "done"
        VisitStatus.CANCELLED -> "cancelled"
    }
    override fun planRemark(name: String, cancelled: Boolean) = if (cancelled) "$name was already being visited, so the visit was not called off. Your request stands as a remark." else "$name was already being visited, so the plan was not moved. Your request stands as a remark."
    override val waitsForYou = "Waits for you"
    override val nothingWaits = "Nothing waits for your decision. New requests come by themselves; look after your customers meanwhile."
    override val openApprovals = "Open approvals"
    override fun allRequests(count: Int) = "All $count requests"
    override val teamVisits = "Visits of the team"
    override val teamHasNoVisits = "No visits of your team today. Plan one from a customer’s page."
}

internal object DayZh : DayStrings {
    override val team = "团队"
    override val next = "下一家"
    override val open = "进行中"
    override val later = "稍后"
    override val over = "已结束"
    override val due = "该拜访了"
    override val nearby = "附近"
    override val nothingPlanned = "今天没有安排拜访。可从到期或附近的客户中选一家，也可以查找客户。"
    override val allDone = "今天的拜访都完成了。"
    override val nobodyNear = "50 公里内没有已定位的客户。到店签到时可记下客户的位置。"
    override val whoIsNear = "看看附近有谁"
    override val findCustomer = "查找客户"
    override fun goOnVisit(name: String) = "继续拜访 $name"
    override fun visitsDone(done: Int, planned: Int) = "已完成 $done / $planned 家"
    override fun dueSince(day: String) = "$day 到期"
    override val neverVisited = "从未拜访"
    override fun lastVisit(day: String) = "上次拜访 $day"
    override fun visitStatus(status: VisitStatus) = when (status) {
        VisitStatus.PLANNED -> "已计划"
        VisitStatus.STARTED -> "拜访中"
        VisitStatus.FINISHED -> "已完成"
        VisitStatus.CANCELLED -> "已取消"
    }
    override fun planRemark(name: String, cancelled: Boolean) = if (cancelled) "$name 已在拜访中，未能取消；您的要求已记为备注。" else "$name 已在拜访中，计划未改；您的要求已记为备注。"
    override val waitsForYou = "等您处理"
    override val nothingWaits = "没有等您审批的申请。有新申请会自动显示，可先看看客户。"
    override val openApprovals = "打开审批"
    override fun allRequests(count: Int) = "全部 $count 份申请"
    override val teamVisits = "团队拜访"
    override val teamHasNoVisits = "团队今天没有拜访，可在客户页安排。"
}
