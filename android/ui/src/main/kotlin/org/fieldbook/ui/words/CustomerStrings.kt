package org.fieldbook.ui.words

import org.fieldbook.TimelineItem
import org.fieldbook.ui.format.Formats

/** Customers and what happened with them. */
interface CustomerStrings {
    val aCustomer: String
    val searchHint: String
    val nearMe: String
    val newCustomer: String
    val noCustomers: String
    fun nothingFound(text: String): String
    val customerName: String
    val address: String
    val iAmHere: String
    fun grade(grade: String): String
    fun nextVisitDue(day: String): String
    val showOnMap: String
    val contacts: String
    val addContact: String
    val contactName: String
    val contactRole: String
    val contactPhone: String
    val contactMail: String
    fun call(number: String): String
    val editContact: String
    fun removeContact(name: String): String
    fun contactRemoved(name: String): String
    val visitsHere: String
    val nobodyNearYou: String
    val thisPlace: String
    fun otherPlace(way: String): String
    val editCustomer: String
    fun twoValues(field: String): String
    val nothingHappened: String
    val writeActivity: String
    val activity: String
    val whatHappened: String
    fun whatHappenedAt(name: String): String
    val write: String
    val noActivity: String
    fun happened(item: TimelineItem, formats: Formats): String
}

internal object CustomerEn : CustomerStrings {
    override val aCustomer = "Customer"
    override val searchHint = "Name, address, contact, tag"
    override val nearMe = "Near me"
    override val newCustomer = "New customer"
    override val noCustomers = "No customers yet. They arrive with the first sync; you can also add one."
    override fun nothingFound(text: String) = "Nothing found for “$text”."
    override val customerName = "Name of the customer"
    override val address = "Address"
    override val iAmHere = "I am there: take this place"
    override fun grade(grade: String) = "grade $grade"
    override fun nextVisitDue(day: String) = "Next visit due $day"
    override val showOnMap = "Map"
    override val contacts = "Contacts"
    override val addContact = "Add a contact"
    override val contactName = "Name"
    override val contactRole = "Role"
    override val contactPhone = "Telephone"
    override val contactMail = "Mail"
    override fun call(number: String) = "Call $number"
    override val editContact = "Change the contact"
    override fun removeContact(name: String) = "Remove $name"
    override fun contactRemoved(name: String) = "Removed: $name"
    override val visitsHere = "Visits"
    override val thisPlace = "The place on the map"
    override fun otherPlace(way: String) = "The other one, $way of it"
    override val nobodyNearYou = "No customer within 50 km has a place on file. Search by name, or add the one you are at."
    override val editCustomer = "Edit"
    override fun twoValues(field: String) = when (field) {
        "name" -> "Two names were entered at the same time. Which one is right?"
        "address" -> "Two addresses were entered at the same time. Which one is right?"
        "position" -> "Two places were entered at the same time. Which one is right?"
        else -> "Two grades were set at the same time; the first one counts. Ask for another if it is wrong."
    }
    override val nothingHappened = "Nothing happened here yet. Start or plan the first visit."
    override val writeActivity = "Write into the log"
    override val activity = "Activity"
    override val whatHappened = "What happened?"
    override fun whatHappenedAt(name: String) = "What happened at $name?"
    override val write = "Write"
    override val noActivity = "Nothing written yet. Write the first entry below."
    override fun happened(item: TimelineItem, formats: Formats) = happenedEn(item, formats)
}

internal object CustomerZh : CustomerStrings {
    override val aCustomer = "客户"
    override val searchHint = "名称、地址、联系人、标签"
    override val nearMe = "离我最近"
    override val newCustomer = "新客户"
    override val noCustomers = "还没有客户。首次同步后会显示，也可以自己添加。"
    override fun nothingFound(text: String) = "没有找到“$text”。"
    override val customerName = "客户名称"
    override val address = "地址"
    override val iAmHere = "我就在这里，记下位置"
    override fun grade(grade: String) = "$grade 级"
    override fun nextVisitDue(day: String) = "下次拜访：$day"
    override val showOnMap = "地图"
    override val contacts = "联系人"
    override val addContact = "添加联系人"
    override val contactName = "姓名"
    override val contactRole = "职务"
    override val contactPhone = "电话"
    override val contactMail = "邮箱"
    override fun call(number: String) = "拨打 $number"
    override val editContact = "修改联系人"
    override fun removeContact(name: String) = "移除 $name"
    override fun contactRemoved(name: String) = "已移除：$name"
    override val visitsHere = "拜访"
    override val thisPlace = "地图上显示的位置"
    override fun otherPlace(way: String) = "另一处，相距 $way"
    override val nobodyNearYou = "50 公里内没有已定位的客户。可按名称查找，或把您所在的门店添加为客户。"
    override val editCustomer = "编辑资料"
    override fun twoValues(field: String) = when (field) {
        "name" -> "有两个人同时填了名称，哪个是对的？"
        "address" -> "有两个人同时填了地址，哪个是对的？"
        "position" -> "有两个人同时定了位置，哪个是对的？"
        else -> "同时设定了两个级别，以第一个为准；如不对，请申请调整级别。"
    }
    override val nothingHappened = "还没有动态，可以开始或安排第一次拜访。"
    override val writeActivity = "写活动记录"
    override val activity = "活动记录"
    override val whatHappened = "发生了什么？"
    override fun whatHappenedAt(name: String) = "$name 有什么情况？"
    override val write = "记录"
    override val noActivity = "还没有活动记录，请在下方写第一条。"
    override fun happened(item: TimelineItem, formats: Formats) = happenedZh(item, formats)
}
