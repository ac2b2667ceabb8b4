package org.fieldbook.ui.words

import org.fieldbook.ApprovalStatus
import org.fieldbook.Decision

/** Expenses, and deciding on them. */
interface RequestStrings {
    val anExpense: String
    val aRequest: String
    val newExpense: String
    val noExpenses: String
    val whatFor: String
    val toHandIn: String
    val waitsForDecision: String
    val decided: String
    val lines: String
    val addLine: String
    val amount: String
    val amountHint: String
    val dayOfReceipt: String
    val receiptNumberField: String
    val noteField: String
    fun receiptNumber(number: String): String
    val handIn: String
    val withdraw: String
    fun lineRemoved(line: String): String
    fun removeLine(line: String): String
    fun waitsFor(names: String): String
    fun approvalStatus(status: ApprovalStatus): String
    val lookFirst: String
    val ordinary: String
    fun approveOrdinary(count: Int): String
    fun approvedMany(count: Int): String
    val provisionalHint: String
    fun overLimitBy(amount: String): String
    val categoryOverLimit: String
    fun receiptSeenBefore(count: Int): String
    val total: String
    fun spentApproved(sum: String): String
    fun spentWaiting(sum: String): String
    val yes: String
    val no: String
    val categoryField: String
    val linkedElsewhere: String
    fun alreadyDecidedBy(name: String): String
    val noVisit: String
    val placeInDoubt: String
    val changedSinceYouDecided: String
    fun inPlaceOf(name: String): String
    fun handedInAt(at: String): String
    fun visitOfRequest(name: String): String
    val approve: String
    val returnIt: String
    val returnMore: String
    val returnHint: String
    val reject: String
    val rejectMore: String
    val rejectHint: String
    fun decisionSaid(decision: Decision, title: String): String
}

internal object RequestEn : RequestStrings {
    override val anExpense = "Expense"
    override val aRequest = "Request"
    override val newExpense = "New expense"
    override val noExpenses = "No expenses yet. Begin one; it is kept as a draft until you hand it in."
    override val whatFor = "What for"
    override val toHandIn = "To hand in"
    override val waitsForDecision = "Waits for a decision"
    override val decided = "Decided"
    override val lines = "Lines"
    override val addLine = "Add a line"
    override val amount = "Amount"
    override val amountHint = "An amount above zero, for example 128.50"
    override val dayOfReceipt = "Day of the receipt"
    override val receiptNumberField = "Number on the receipt"
    override val noteField = "Remark"
    override fun receiptNumber(number: String) = "receipt $number"
    override val handIn = "Hand in"
    override val withdraw = "Take it back"
    override fun lineRemoved(line: String) = "Removed: $line"
    override fun removeLine(line: String) = "Remove $line"
    override fun waitsFor(names: String) = "Waits for $names"
    override fun approvalStatus(status: ApprovalStatus) = when (status) {
        ApprovalStatus.DRAFT -> "draft"
        ApprovalStatus.SUBMITTED -> "handed in"
        ApprovalStatus.PROVISIONAL -> "decided, not confirmed yet"
        ApprovalStatus.APPROVED -> "approved"
        ApprovalStatus.REJECTED -> "rejected"
        ApprovalStatus.RETURNED -> "returned"
        ApprovalStatus.WITHDRAWN -> "taken back"
        ApprovalStatus.WITHDRAWING -> "taken back, not confirmed yet"
    }
    override val lookFirst = "Look first"
    override val ordinary = "Ordinary"
    override fun approveOrdinary(count: Int) = "Approve the $count ordinary"
    override fun approvedMany(count: Int) = "$count approved"
    override val provisionalHint = "Your decision is on this phone; it counts when the server confirms."
    override fun overLimitBy(amount: String) = "over the limit by $amount"
    override val categoryOverLimit = "over the limit of its category"
    override fun receiptSeenBefore(count: Int) = if (count == 1) "a receipt was handed in before" else "$count receipts were handed in before"
    override val total = "Total"
    override fun spentApproved(sum: String) = "$sum approved"
    override fun spentWaiting(sum: String) = "$sum waits for a decision"
    override val yes = "yes"
    override val no = "no"
    override val categoryField = "Category"
    override val linkedElsewhere = "It belongs to another customer or visit now"
    override fun alreadyDecidedBy(name: String) = "Already decided by $name"
    override val noVisit = "not linked to a visit"
    override val placeInDoubt = "position of the visit not certain"
    override val changedSinceYouDecided = "changed since you last decided"
    override fun inPlaceOf(name: String) = "in place of $name"
    override fun handedInAt(at: String) = "handed in $at"
    override fun visitOfRequest(name: String) = "Visit at $name"
    override val approve = "Approve"
    override val returnIt = "Return"
    override val returnMore = "Return…"
    override val returnHint = "It goes back to be changed and handed in again. Say what to change."
    override val reject = "Reject"
    override val rejectMore = "Reject…"
    override val rejectHint = "This ends the request. Say why."
    override fun decisionSaid(decision: Decision, title: String) = when (decision) {
        Decision.APPROVE -> "Approved: $title"
        Decision.REJECT -> "Rejected: $title"
        Decision.RETURN -> "Returned: $title"
    }
}

internal object RequestZh : RequestStrings {
    override val anExpense = "费用"
    override val aRequest = "申请"
    override val newExpense = "新建费用"
    override val noExpenses = "还没有费用。新建后先存为草稿，提交后才进入审批。"
    override val whatFor = "用途"
    override val toHandIn = "待提交"
    override val waitsForDecision = "审批中"
    override val decided = "已有结果"
    override val lines = "明细"
    override val addLine = "添加明细"
    override val amount = "金额"
    override val amountHint = "请填大于零的金额，例如 128.50"
    override val dayOfReceipt = "票据日期"
    override val receiptNumberField = "票据号码"
    override val noteField = "备注"
    override fun receiptNumber(number: String) = "票据 $number"
    override val handIn = "提交"
    override val withdraw = "撤回"
    override fun lineRemoved(line: String) = "已移除：$line"
    override fun removeLine(line: String) = "移除 $line"
    override fun waitsFor(names: String) = "等待 $names 审批"
    override fun approvalStatus(status: ApprovalStatus) = when (status) {
        ApprovalStatus.DRAFT -> "草稿"
        ApprovalStatus.SUBMITTED -> "已提交"
        ApprovalStatus.PROVISIONAL -> "已审批，待确认"
        ApprovalStatus.APPROVED -> "已通过"
        ApprovalStatus.REJECTED -> "已驳回"
        ApprovalStatus.RETURNED -> "已退回"
        ApprovalStatus.WITHDRAWN -> "已撤回"
        ApprovalStatus.WITHDRAWING -> "已撤回，待确认"
    }
    override val lookFirst = "先看这些"
    override val ordinary = "常规"
    override fun approveOrdinary(count: Int) = "通过 $count 份常规申请"
    override fun approvedMany(count: Int) = "已通过 $count 份"
    override val provisionalHint = "您的审批已在本机，服务器确认后生效。"
    override fun overLimitBy(amount: String) = "超标 $amount"
    override val categoryOverLimit = "超出类别限额"
    override fun receiptSeenBefore(count: Int) = "$count 张票据曾提交过"
    override val total = "合计"
    override fun spentApproved(sum: String) = "已通过 $sum"
    override fun spentWaiting(sum: String) = "审批中 $sum"
    override val yes = "是"
    override val no = "否"
    override val categoryField = "类别"
    override val linkedElsewhere = "已改为关联另一客户或拜访"
    override fun alreadyDecidedBy(name: String) = "$name 已先审批"
    override val noVisit = "未关联拜访"
    override val placeInDoubt = "拜访位置存疑"
    override val changedSinceYouDecided = "您上次审批后有改动"
    override fun inPlaceOf(name: String) = "代 $name 审批"
    override fun handedInAt(at: String) = "$at 提交"
    override fun visitOfRequest(name: String) = "拜访 $name"
    override val approve = "通过"
    override val returnIt = "退回"
    override val returnMore = "退回…"
    override val returnHint = "退回后申请人可修改再提交，请说明要改什么。"
    override val reject = "驳回"
    override val rejectMore = "驳回…"
    override val rejectHint = "驳回后申请结束，请说明理由。"
    override fun decisionSaid(decision: Decision, title: String) = when (decision) {
        Decision.APPROVE -> "已通过：$title"
        Decision.REJECT -> "已驳回：$title"
        Decision.RETURN -> "已退回：$title"
    }
}
