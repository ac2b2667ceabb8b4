package org.fieldbook.ui.words

import org.fieldbook.TimelineItem
import org.fieldbook.TimelineKind
import org.fieldbook.ui.format.Formats

/** What happened, as a heading of a timeline in English. */
internal fun happenedEn(item: TimelineItem, formats: Formats): String = when (item.kind) {
    TimelineKind.STARTED -> "Visit began"
    TimelineKind.FINISHED -> "Visit finished"
    TimelineKind.CANCELLED -> "Visit cancelled"
    TimelineKind.STEP -> stepOf(item, En, formats)
    TimelineKind.ENTRY -> "Log entry"
    TimelineKind.COMMENT -> "Remark"
    TimelineKind.SUBMITTED -> listOfNotNull("Handed in", item.detail?.let(formats::amount)).joinToString(" · ")
    TimelineKind.DECIDED -> when (item.detail) {
        "approve" -> "Approved"
        "reject" -> "Rejected"
        else -> "Returned"
    }
    TimelineKind.RULED -> when (item.detail) {
        "approve" -> "Confirmed by the server: approved"
        "reject" -> "Confirmed by the server: rejected"
        "return" -> "Confirmed by the server: returned"
        else -> "Confirmed by the server"
    }
    TimelineKind.MOVED -> "Plan moved"
    TimelineKind.REMARK -> if (item.detail == "cancelled") "Was to be called off" else "Was to be moved"
    TimelineKind.HANDED_OVER -> if (item.detail.orEmpty().startsWith("delegate")) "Handed over" else "Somebody was brought in"
    TimelineKind.WITHDRAWN -> "Taken back"
}

/** The same in 简体中文. */
internal fun happenedZh(item: TimelineItem, formats: Formats): String = when (item.kind) {
    TimelineKind.STARTED -> "开始拜访"
    TimelineKind.FINISHED -> "结束拜访"
    TimelineKind.CANCELLED -> "取消拜访"
    TimelineKind.STEP -> stepOf(item, Zh, formats)
    TimelineKind.ENTRY -> "活动记录"
    TimelineKind.COMMENT -> "评论"
    TimelineKind.SUBMITTED -> listOfNotNull("提交", item.detail?.let(formats::amount)).joinToString(" · ")
    TimelineKind.DECIDED -> when (item.detail) {
        "approve" -> "通过"
        "reject" -> "驳回"
        else -> "退回"
    }
    TimelineKind.RULED -> when (item.detail) {
        "approve" -> "服务器确认：已通过"
        "reject" -> "服务器确认：已驳回"
        "return" -> "服务器确认：已退回"
        else -> "服务器已确认"
    }
    TimelineKind.MOVED -> "计划改期"
    TimelineKind.REMARK -> if (item.detail == "cancelled") "曾要求取消" else "曾要求改期"
    TimelineKind.HANDED_OVER -> if (item.detail.orEmpty().startsWith("delegate")) "委办" else "加签"
    TimelineKind.WITHDRAWN -> "撤回"
}

private fun stepOf(item: TimelineItem, strings: Strings, formats: Formats): String {
    val result = item.value?.let { strings.stepValue(it, formats) }
    return listOfNotNull(item.detail?.let(strings::step), result).joinToString(" · ")
}
