/* The bindings name these in org.fieldbook, where an app finds them. */
package org.fieldbook.id

/** A customer. */
@JvmInline
value class CustomerId(val value: String) {
    override fun toString(): String = value
}

/** A visit. */
@JvmInline
value class VisitId(val value: String) {
    override fun toString(): String = value
}

/** A check-in, at the start, the end or a cancel of a visit. */
@JvmInline
value class CheckInId(val value: String) {
    override fun toString(): String = value
}

/** One person's log of one day. */
@JvmInline
value class LogId(val value: String) {
    override fun toString(): String = value
}

/** A request that somebody has to decide. */
@JvmInline
value class ApprovalId(val value: String) {
    override fun toString(): String = value
}

/** A person of the organisation. */
@JvmInline
value class PersonId(val value: String) {
    override fun toString(): String = value
}

/** A unit of the organisation. */
@JvmInline
value class UnitId(val value: String) {
    override fun toString(): String = value
}

/** A contact of a customer. */
@JvmInline
value class ContactId(val value: String) {
    override fun toString(): String = value
}

/** One person's replica on this phone. */
@JvmInline
value class AccountId(val value: String) {
    override fun toString(): String = value
}

/** Any record, where lists mix them; [asVisit] and its like say which it is once its kind is known. */
@JvmInline
value class RecordId(val value: String) {
    /** This record as a customer. */
    val asCustomer: CustomerId get() = CustomerId(value)

    /** This record as a visit. */
    val asVisit: VisitId get() = VisitId(value)

    /** This record as a day's log. */
    val asLog: LogId get() = LogId(value)

    /** This record as a request. */
    val asApproval: ApprovalId get() = ApprovalId(value)

    override fun toString(): String = value
}
