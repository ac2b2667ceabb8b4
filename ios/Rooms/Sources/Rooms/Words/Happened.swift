import FieldbookKit

extension Strings {
    fileprivate func joined(_ parts: String?...) -> String { parts.compactMap(\.self).joined(separator: " · ") }

    fileprivate func number(_ value: StepValue) -> String? {
        switch value {
        case .count(let value): Formats(language).count(value)
        case .measure(let value): String(value)
        case .text(let value): value
        case .done, .truth: nil
        }
    }
}

extension English {
    public func stepValue(_ value: StepValue) -> String {
        if case .truth(let value) = value { return value ? "in order" : "not in order" }
        return number(value) ?? "done"
    }

    public func happened(_ item: TimelineItem) -> String {
        switch item.kind {
        case .started: "Visit began"
        case .finished: "Visit finished"
        case .cancelled: "Visit cancelled"
        case .step: joined(item.detail.map(step), item.value.map(stepValue))
        case .entry: "Log entry"
        case .comment: "Remark"
        case .submitted: joined("Handed in", item.detail)
        case .decided: item.detail == "approve" ? "Approved" : item.detail == "reject" ? "Rejected" : "Returned"
        case .ruled: "Confirmed by the server" + (ruled(item.detail).map { ": " + $0 } ?? "")
        case .moved: "Plan moved"
        case .remark: item.detail == "cancelled" ? "Was to be called off" : "Was to be moved"
        case .handedOver: item.detail?.hasPrefix("delegate") == true ? "Handed over" : "Somebody was brought in"
        case .withdrawn: "Taken back"
        }
    }

    private func ruled(_ outcome: String?) -> String? {
        switch outcome {
        case "approve": "approved"
        case "reject": "rejected"
        case "return": "returned"
        default: nil
        }
    }
}

extension Chinese {
    public func stepValue(_ value: StepValue) -> String {
        if case .truth(let value) = value { return value ? "符合要求" : "不符合" }
        return number(value) ?? "已完成"
    }

    public func happened(_ item: TimelineItem) -> String {
        switch item.kind {
        case .started: "开始拜访"
        case .finished: "结束拜访"
        case .cancelled: "取消拜访"
        case .step: joined(item.detail.map(step), item.value.map(stepValue))
        case .entry: "活动记录"
        case .comment: "评论"
        case .submitted: joined("提交", item.detail)
        case .decided: item.detail == "approve" ? "通过" : item.detail == "reject" ? "驳回" : "退回"
        case .ruled: ruled(item.detail).map { "服务器确认：" + $0 } ?? "服务器已确认"
        case .moved: "计划改期"
        case .remark: item.detail == "cancelled" ? "曾要求取消" : "曾要求改期"
        case .handedOver: item.detail?.hasPrefix("delegate") == true ? "委办" : "加签"
        case .withdrawn: "撤回"
        }
    }

    private func ruled(_ outcome: String?) -> String? {
        switch outcome {
        case "approve": "已通过"
        case "reject": "已驳回"
        case "return": "已退回"
        default: nil
        }
    }
}
