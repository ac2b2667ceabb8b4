package org.fieldbook.ui.words

import org.fieldbook.StepValue
import org.fieldbook.Verdict
import org.fieldbook.ui.format.Formats

/** A visit, from the door to the end. */
interface VisitStrings {
    val startVisit: String
    val start: String
    val finishVisit: String
    val finish: String
    val cancelVisitMore: String
    val cancelVisitTitle: String
    val cancelVisit: String
    val cancelHint: String
    val movePlan: String
    val movePlanTitle: String
    val planVisit: String
    val savePlan: String
    val planned: String
    val checkedIn: String
    val checkedOut: String
    val cancelledAt: String
    val day: String
    val time: String
    val timeHint: String
    val purpose: String
    val notes: String
    val outcome: String
    val nextStep: String
    val lastTime: String
    val history: String
    val openCustomer: String
    val lookingForPlace: String
    val startAnyway: String
    val lookAgain: String
    fun fromTheDoor(distance: String): String
    fun fromTheAddress(distance: String): String
    val noAddressPlace: String
    val tellUsWhy: String
    val proposeThisPlace: String
    val reasonInWords: String
    val noPlace: String
    val placeNotAllowed: String
    val placeOff: String
    val placeSimulated: String
    fun clockWasOff(minutes: Long): String
    val allowPlace: String
    val switchPlaceOn: String
    fun verdict(verdict: Verdict): String
    fun step(name: String): String
    val stepOpen: String
    val stepNow: String
    val howMany: String
    val whatIsThere: String
    fun inOrder(yes: Boolean): String
    fun stepValue(value: StepValue, formats: Formats): String
}

internal object VisitEn : VisitStrings {
    override val startVisit = "Start visit"
    override val start = "Start"
    override val finishVisit = "Finish visit"
    override val finish = "Finish"
    override val cancelVisitMore = "Cancel…"
    override val cancelVisitTitle = "Cancel this visit"
    override val cancelVisit = "Cancel visit"
    override val cancelHint = "Say why; your supervisor reads it. Notes and results stay."
    override val movePlan = "Move…"
    override val movePlanTitle = "Move the visit"
    override val planVisit = "Plan a visit"
    override val savePlan = "Save the plan"
    override val planned = "Planned"
    override val checkedIn = "In"
    override val checkedOut = "Out"
    override val cancelledAt = "Cancelled"
    override val day = "Day"
    override val time = "Time"
    override val timeHint = "For example 14:30"
    override val purpose = "What for"
    override val notes = "Notes"
    override val outcome = "Outcome"
    override val nextStep = "What comes next"
    override val lastTime = "Last time"
    override val history = "History"
    override val openCustomer = "Customer"
    override val lookingForPlace = "Looking for your position…"
    override val startAnyway = "You need not wait: go on any time."
    override val lookAgain = "Look again"
    override fun fromTheDoor(distance: String) = "$distance from the door"
    override fun fromTheAddress(distance: String) = "$distance from the address on file"
    override val noAddressPlace = "This customer has no place on file yet."
    override val tellUsWhy = "Tell us why, if you like. It does not stop the visit."
    override val proposeThisPlace = "Propose this place as the customer’s"
    override val reasonInWords = "In your own words"
    override val noPlace = "No position yet, in a basement perhaps. You can go on without one."
    override val placeNotAllowed = "The app may not know where you are. Allow it for check-ins, or go on without."
    override val placeOff = "Positioning is switched off on this phone. Switch it on, or go on without."
    override val placeSimulated = "the phone says that this position was simulated"
    override fun clockWasOff(minutes: Long) = "the phone’s clock was ${spanEn(minutes)} ${if (minutes < 0) "behind" else "ahead"}"
    override val allowPlace = "Allow"
    override val switchPlaceOn = "Switch on"
    override fun verdict(verdict: Verdict) = when (verdict) {
        Verdict.INSIDE -> "on site"
        Verdict.OUTSIDE -> "away from the address"
        Verdict.UNCERTAIN -> "position too coarse to tell"
        Verdict.UNKNOWN -> "position not known"
    }
    override fun step(name: String) = when (name) {
        "stock" -> "Stock"
        "display" -> "Display"
        "order" -> "Order"
        "promotion" -> "Promotion"
        "competitor" -> "Competitor"
        else -> name
    }
    override val stepOpen = "open"
    override val stepNow = "now"
    override val howMany = "How many"
    override val whatIsThere = "What you see"
    override fun inOrder(yes: Boolean) = if (yes) "In order" else "Not in order"
    override fun stepValue(value: StepValue, formats: Formats) = when (value) {
        StepValue.Done -> "done"
        is StepValue.Truth -> if (value.value) "in order" else "not in order"
        is StepValue.Count -> formats.count(value.value)
        is StepValue.Measure -> value.value.toString()
        is StepValue.Text -> value.value
    }
}

internal object VisitZh : VisitStrings {
    override val startVisit = "开始拜访"
    override val start = "签到"
    override val finishVisit = "结束拜访"
    override val finish = "签退"
    override val cancelVisitMore = "取消…"
    override val cancelVisitTitle = "取消拜访"
    override val cancelVisit = "取消拜访"
    override val cancelHint = "请说明原因，主管会看到。备注和结果都会保留。"
    override val movePlan = "改期…"
    override val movePlanTitle = "调整拜访时间"
    override val planVisit = "安排拜访"
    override val savePlan = "保存计划"
    override val planned = "计划"
    override val checkedIn = "签到"
    override val checkedOut = "签退"
    override val cancelledAt = "取消"
    override val day = "日期"
    override val time = "时间"
    override val timeHint = "例如 14:30"
    override val purpose = "拜访目的"
    override val notes = "备注"
    override val outcome = "拜访结果"
    override val nextStep = "下一步"
    override val lastTime = "上次"
    override val history = "动态"
    override val openCustomer = "客户资料"
    override val lookingForPlace = "正在定位…"
    override val startAnyway = "不必等待，随时可以继续。"
    override val lookAgain = "重新定位"
    override fun fromTheDoor(distance: String) = "距门店 $distance"
    override fun fromTheAddress(distance: String) = "距登记地址 $distance"
    override val noAddressPlace = "该客户还没有登记位置。"
    override val tellUsWhy = "可以说明一下原因，不影响拜访。"
    override val proposeThisPlace = "把当前位置提议为客户位置"
    override val reasonInWords = "用自己的话说明"
    override val noPlace = "暂时定位不到，可能在室内或地下。没有定位也可以继续。"
    override val placeNotAllowed = "应用没有定位权限。可以只为签到开启，也可以不开启直接继续。"
    override val placeOff = "手机定位已关闭。可以开启，也可以直接继续。"
    override val placeSimulated = "手机提示该位置为模拟位置"
    override fun clockWasOff(minutes: Long) = "当时手机时钟${if (minutes < 0) "慢" else "快"}了约 ${spanZh(minutes)}"
    override val allowPlace = "去开启权限"
    override val switchPlaceOn = "去打开定位"
    override fun verdict(verdict: Verdict) = when (verdict) {
        Verdict.INSIDE -> "在现场"
        Verdict.OUTSIDE -> "不在登记地址"
        Verdict.UNCERTAIN -> "定位误差较大，无法判断"
        Verdict.UNKNOWN -> "位置未知"
    }
    override fun step(name: String) = when (name) {
        "stock" -> "库存"
        "display" -> "陈列"
        "order" -> "订货"
        "promotion" -> "促销"
        "competitor" -> "竞品"
        else -> name
    }
    override val stepOpen = "未填"
    override val stepNow = "当前"
    override val howMany = "数量"
    override val whatIsThere = "所见情况"
    override fun inOrder(yes: Boolean) = if (yes) "符合要求" else "不符合"
    override fun stepValue(value: StepValue, formats: Formats) = when (value) {
        StepValue.Done -> "已完成"
        is StepValue.Truth -> if (value.value) "符合要求" else "不符合"
        is StepValue.Count -> formats.count(value.value)
        is StepValue.Measure -> value.value.toString()
        is StepValue.Text -> value.value
    }
}
