CREATE TABLE setting (
    -- Named bytes: cursor, reference rows, identity.
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
    -- Every document of this phone and which truth it is.
    id BLOB PRIMARY KEY,
    kind INTEGER NOT NULL,
    owner BLOB NOT NULL,
    -- 0 accepted, 1 sent, 2 on this phone, 3 needs attention.
    state INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_unsettled ON document (state) WHERE state > 0;

CREATE TABLE rebase (
    -- How often this phone had to make its operations on a document anew. It outlives the document: the
    -- sequence numbers of the actors before are spent for ever. The empty document stands for all: what a damaged
    -- file may have used.
    document BLOB PRIMARY KEY,
    count INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE segment (
    -- The history: runs of operations, in causal order for each document.
    position INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    -- 0 operations of the wire, 1 one Automerge change; 8 more when it does not read and is aside.
    format INTEGER NOT NULL,
    origin_key BLOB NOT NULL,
    origin_epoch INTEGER NOT NULL,
    rebase INTEGER NOT NULL,
    base INTEGER NOT NULL,
    count INTEGER NOT NULL,
    body BLOB NOT NULL,
    -- The outbox: only of this phone's own operations. It shares the row with the history because each page
    -- that a command writes costs; the command is forgotten 35 days after the server has accepted it.
    kind INTEGER,
    hash BLOB,
    command TEXT,
    -- 0 accepted, 1 sent, 2 on this phone.
    state INTEGER,
    written_ms INTEGER,
    settled_ms INTEGER,
    -- The server's proof to itself that it stored the last operation of the row.
    seal BLOB,
    -- The server lost a part of its log and has not shown this since: 1 to be handed back, 2 handed back in vain as long
    -- as something else is missing there.
    doubt INTEGER
);
CREATE INDEX segment_document ON segment (document);
CREATE INDEX segment_doubt ON segment (document, position) WHERE doubt IS NOT NULL;
-- What is accepted is found here; what is not, by its document: an index of it would cost each command a page.
CREATE INDEX segment_accepted ON segment (settled_ms) WHERE state = 0;

CREATE TABLE kept (
    -- This phone's own accepted operations of documents that are no longer on it, and the rulings that they build on, in the
    -- encoding of the wire: for 35 days it can hand them back to a server that lost them.
    number INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    kind INTEGER NOT NULL,
    origin_key BLOB NOT NULL,
    origin_epoch INTEGER NOT NULL,
    rebase INTEGER NOT NULL,
    base INTEGER NOT NULL,
    count INTEGER NOT NULL,
    body BLOB NOT NULL,
    seal BLOB NOT NULL,
    settled_ms INTEGER NOT NULL,
    doubt INTEGER
);

CREATE TABLE receipt (
    -- What the server vouched for, as it signed it, oldest first: to whom, and the receipt in CBOR.
    number INTEGER PRIMARY KEY,
    origin_key BLOB NOT NULL,
    origin_epoch INTEGER NOT NULL,
    body BLOB NOT NULL
);

CREATE TABLE parked (
    -- What was not accepted; stays until the person decides.
    id INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    kind INTEGER NOT NULL,
    command TEXT NOT NULL,
    rejection TEXT NOT NULL,
    depends_on INTEGER REFERENCES parked (id) ON DELETE SET NULL,
    written_ms INTEGER NOT NULL,
    parked_ms INTEGER NOT NULL
);

CREATE TABLE customer (
    -- The number is the key of the two search tables.
    number INTEGER PRIMARY KEY,
    document BLOB NOT NULL UNIQUE,
    owner BLOB NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    grade TEXT,
    external_id TEXT,
    store_type TEXT,
    lat REAL,
    lon REAL,
    -- JSON: the tags, sorted; the fields with more than one value and the values that do not show.
    tags TEXT NOT NULL,
    conflicts TEXT NOT NULL,
    -- The end of the last visit that counts for the cycle; derived from visits and check-ins.
    last_valid_visit_ms INTEGER
);
CREATE INDEX customer_name ON customer (name COLLATE NOCASE);
CREATE INDEX customer_due ON customer (grade, last_valid_visit_ms);

CREATE TABLE contact (
    customer BLOB NOT NULL,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT,
    phone TEXT,
    email TEXT,
    PRIMARY KEY (customer, id)
) WITHOUT ROWID;

-- Han characters stand apart in it, see search_text.rs; prefixes of one and two characters have their own
-- index.
CREATE VIRTUAL TABLE customer_search USING fts5 (
    name, rest,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '1 2'
);

CREATE VIRTUAL TABLE customer_place USING rtree (number, south, north, west, east);

CREATE TABLE visit (
    document BLOB PRIMARY KEY,
    customer BLOB NOT NULL,
    rep BLOB NOT NULL,
    template TEXT NOT NULL,
    -- 0 planned, 1 started, 2 finished, 3 cancelled.
    status INTEGER NOT NULL,
    plan_start_ms INTEGER NOT NULL,
    plan_offset_min INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    started_ms INTEGER,
    started_offset_min INTEGER,
    ended_ms INTEGER,
    ended_offset_min INTEGER,
    cancel_reason TEXT,
    notes TEXT NOT NULL,
    next_step TEXT,
    outcome TEXT
) WITHOUT ROWID;
CREATE INDEX visit_plan ON visit (rep, plan_start_ms);
CREATE INDEX visit_customer ON visit (customer, status, ended_ms);
CREATE INDEX visit_open ON visit (rep) WHERE status = 1;

CREATE TABLE check_in (
    document BLOB PRIMARY KEY,
    visit BLOB NOT NULL,
    customer BLOB NOT NULL,
    rep BLOB NOT NULL,
    -- 0 in, 1 out, 2 cancel.
    moment INTEGER NOT NULL,
    -- 0 inside, 1 outside, 2 uncertain, 3 unknown.
    verdict INTEGER NOT NULL,
    distance_m REAL,
    accuracy_m REAL,
    lat REAL,
    lon REAL,
    mock INTEGER NOT NULL,
    reason TEXT,
    at_ms INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    -- How far the wall clock ran ahead of the server's; absent when the phone had no measure.
    skew_ms INTEGER
) WITHOUT ROWID;
CREATE INDEX check_in_visit ON check_in (visit, moment, verdict);

CREATE TABLE timeline (
    -- What happened, one row for each element of a document's lists; the item is the element.
    document BLOB NOT NULL,
    item TEXT NOT NULL,
    -- 1 started, 2 finished, 3 cancelled, 4 step, 5 entry, 6 comment, 7 submitted, 8 decided, 9 ruled, 10 moved,
    -- 11 a remark: a change of a plan that came too late, 12 handed over, 13 withdrawn.
    kind INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    person BLOB NOT NULL,
    -- Only where the item belongs on the page of the customer, or of a visit other than its own document.
    customer BLOB,
    visit BLOB,
    -- In the person's words: the reason, the entry, the remark.
    text TEXT,
    -- A key word: the step, the entry a comment is about, the decision, the total handed in, what a remark was meant to be.
    detail TEXT,
    -- As JSON: the result of a step, the new time of a plan, the answer to a request about an approval.
    value TEXT,
    PRIMARY KEY (document, item)
) WITHOUT ROWID;
CREATE INDEX timeline_customer ON timeline (customer, at_ms) WHERE customer IS NOT NULL;
CREATE INDEX timeline_remark ON timeline (person, at_ms) WHERE kind = 11;
CREATE INDEX timeline_visit ON timeline (visit) WHERE visit IS NOT NULL;

CREATE TABLE activity (
    document BLOB PRIMARY KEY,
    rep BLOB NOT NULL,
    -- YYYY-MM-DD as the rep sees it.
    day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX activity_day ON activity (rep, day);

CREATE TABLE approval (
    document BLOB PRIMARY KEY,
    form TEXT NOT NULL,
    applicant BLOB NOT NULL,
    title TEXT NOT NULL,
    -- 0 draft, 1 submitted, 2 provisional, 3 approved, 4 rejected, 5 returned, 6 withdrawn,
    -- 7 withdrawn and not confirmed.
    status INTEGER NOT NULL,
    -- A decimal, never a float.
    total TEXT NOT NULL,
    currency TEXT NOT NULL,
    customer BLOB,
    visit BLOB,
    revision TEXT NOT NULL,
    submitted_ms INTEGER,
    submitted_offset_min INTEGER,
    ruled_by BLOB,
    ruled_ms INTEGER,
    ruled_offset_min INTEGER,
    -- Why, when nobody decided it.
    ruled_reason TEXT,
    -- The chain of the round, for example expense@1; the step that goes on and how many there are, 0 for none.
    chain TEXT,
    step INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    -- By how much the server found it over the limit of the house; receipts handed in before, categories over theirs.
    excess TEXT,
    duplicates INTEGER NOT NULL,
    over_limits INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX approval_status ON approval (status, submitted_ms);
CREATE INDEX approval_applicant ON approval (applicant);

CREATE TABLE approval_line (
    document BLOB NOT NULL,
    -- The place in the document's order.
    number INTEGER NOT NULL,
    item TEXT NOT NULL,
    date TEXT NOT NULL,
    category TEXT NOT NULL,
    amount TEXT NOT NULL,
    note TEXT,
    receipt TEXT,
    photo TEXT,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE approval_turn (
    -- Who may decide now, for which seat; the seat is their own or that of somebody they stand in for.
    person BLOB NOT NULL,
    document BLOB NOT NULL,
    seat BLOB NOT NULL,
    -- The revision that this person decided on last, when it is another one by now.
    saw TEXT,
    PRIMARY KEY (person, document, seat)
) WITHOUT ROWID;
CREATE INDEX approval_turn_document ON approval_turn (document);

CREATE TABLE approval_receipt (
    -- What makes a receipt known again: its number or the hash of its photo.
    key TEXT NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (key, document)
) WITHOUT ROWID;
CREATE INDEX approval_receipt_document ON approval_receipt (document);
