-- The server's first schema. Times are milliseconds since 1970 (UTC); ids are the 16 bytes of a UUID.
-- Every table of an organisation has its number in front: nothing crosses from one to another.

CREATE TABLE server (
    -- Exactly one row.
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    -- Grows when the server is restored from a backup.
    epoch      INTEGER NOT NULL,
    -- Seed of the server's Ed25519 key.
    secret     BLOB NOT NULL CHECK (length(secret) = 32),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32)
) STRICT;

CREATE TABLE tenant (
    number            INTEGER PRIMARY KEY,
    id                BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    name              TEXT NOT NULL UNIQUE,
    -- Where the log ends, and the hash chain there.
    sequence          INTEGER NOT NULL DEFAULT 0,
    hash              BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(hash) = 32),
    -- The same of the ruling log: without it, rows that are missing at the end would leave no trace here.
    ruling            INTEGER NOT NULL DEFAULT 0,
    ruling_hash       BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(ruling_hash) = 32),
    -- Grows with every change of units, people or policy.
    reference_version INTEGER NOT NULL DEFAULT 1,
    -- The rules of the house as JSON.
    policy            TEXT NOT NULL,
    -- The reference version that all open approvals were ruled on with, when a delegation begins or ends next (0:
    -- never), and how far a round of that has come.
    ruled_version     INTEGER NOT NULL DEFAULT 0,
    rule_again_ms     INTEGER NOT NULL DEFAULT 0,
    ruled_to          BLOB
) STRICT;

CREATE TABLE unit (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    id     BLOB NOT NULL CHECK (length(id) = 16),
    parent BLOB,
    name   TEXT NOT NULL,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant, parent) REFERENCES unit (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unit_by_parent ON unit (tenant, parent);

CREATE TABLE person (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    id     BLOB NOT NULL CHECK (length(id) = 16),
    unit   BLOB NOT NULL,
    name   TEXT NOT NULL,
    -- 1 rep, 2 supervisor.
    role   INTEGER NOT NULL CHECK (role IN (1, 2)),
    -- The first account of the same human; absent when this is it.
    human  BLOB,
    -- When they left; they are asked no more.
    left_ms INTEGER,
    PRIMARY KEY (tenant, id),
    UNIQUE (tenant, name),
    FOREIGN KEY (tenant, unit) REFERENCES unit (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_unit ON person (tenant, unit);

-- Where people were before, each until when: what they wrote then is judged by the rights they had then.
CREATE TABLE person_past (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    person   BLOB NOT NULL,
    until_ms INTEGER NOT NULL,
    unit     BLOB NOT NULL,
    PRIMARY KEY (tenant, person, until_ms),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT, WITHOUT ROWID;

-- One installation of the app on one phone.
CREATE TABLE device (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    id         BLOB NOT NULL CHECK (length(id) = 16),
    person     BLOB NOT NULL,
    -- A key speaks for one device of one organisation, for ever.
    public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
    epoch      INTEGER NOT NULL,
    name       TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms    INTEGER NOT NULL DEFAULT 0,
    -- Operations that still waited on the phone when it was last seen.
    waiting    INTEGER NOT NULL DEFAULT 0,
    -- From then on it only hands in what was written before, and removes what it holds.
    revoked_ms INTEGER,
    -- The highest number of a request that was written down: each has a higher one than those before.
    number     INTEGER NOT NULL DEFAULT 0,
    -- The device whose data this one was copied from, with its key, before it took a key of its own.
    copied_from BLOB,
    -- When it said that it had done so: it is locked.
    closed_ms  INTEGER,
    PRIMARY KEY (tenant, id),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT, WITHOUT ROWID;

-- One-time enrolment codes, by hash: who reads this table cannot sign in with it.
CREATE TABLE enrolment_code (
    hash       BLOB PRIMARY KEY CHECK (length(hash) = 32),
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    person     BLOB NOT NULL,
    expires_ms INTEGER NOT NULL,
    used_ms    INTEGER,
    -- The device key that used it: it may ask again when the answer was lost.
    used_by    BLOB CHECK (length(used_by) = 32),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT, WITHOUT ROWID;

-- One sign-in of a device. Its tokens come and go; when one is stolen the whole family is revoked.
CREATE TABLE token_family (
    number     INTEGER PRIMARY KEY,
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    device     BLOB NOT NULL,
    opened_ms  INTEGER NOT NULL,
    -- When the newest of its tokens that was ever used had been issued: proof that the phone received it.
    proven_ms  INTEGER NOT NULL DEFAULT 0,
    revoked_ms INTEGER,
    FOREIGN KEY (tenant, device) REFERENCES device (tenant, id)
) STRICT;
CREATE INDEX token_family_by_device ON token_family (tenant, device);

CREATE TABLE access_token (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    family     INTEGER NOT NULL REFERENCES token_family (number),
    issued_ms  INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_token_by_family ON access_token (family);

CREATE TABLE refresh_token (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    family     INTEGER NOT NULL REFERENCES token_family (number),
    issued_ms  INTEGER NOT NULL,
    expires_ms INTEGER NOT NULL,
    -- Set when a newer one replaced it.
    rotated_ms INTEGER,
    PRIMARY KEY (tenant, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_token_by_family ON refresh_token (family);

CREATE TABLE document (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    id     BLOB NOT NULL CHECK (length(id) = 16),
    kind   INTEGER NOT NULL,
    owner  BLOB NOT NULL CHECK (length(owner) = 16),
    -- Sequences in the tenant's log: first and last segment, last change of owner (0: never).
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    moved  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
-- What a phone asks for: documents of these people after its cursor.
CREATE INDEX document_by_owner ON document (tenant, owner, last, first);

-- Whom a document left, and when.
CREATE TABLE document_move (
    tenant    INTEGER NOT NULL REFERENCES tenant (number),
    old_owner BLOB NOT NULL,
    sequence  INTEGER NOT NULL,
    document  BLOB NOT NULL,
    PRIMARY KEY (tenant, old_owner, sequence, document)
) STRICT, WITHOUT ROWID;

-- Whose claims on pooled customers were granted, and when: a day has a quota.
CREATE TABLE claim (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    person   BLOB NOT NULL,
    at_ms    INTEGER NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (tenant, person, at_ms, document)
) STRICT, WITHOUT ROWID;

-- Installations that wrote something; segments name them by number.
CREATE TABLE origin (
    number     INTEGER PRIMARY KEY,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    epoch      INTEGER NOT NULL,
    -- How many of its operations are stored.
    stored     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (public_key, epoch)
) STRICT;

-- What proves who wrote the segments: one row for each request that brought some.
CREATE TABLE upload (
    tenant    INTEGER NOT NULL REFERENCES tenant (number),
    number    INTEGER NOT NULL,
    -- Who sent and signed it.
    origin    INTEGER NOT NULL REFERENCES origin (number),
    -- The digest of everything in the request but its operations.
    head      BLOB NOT NULL CHECK (length(head) = 32),
    -- In CBOR, for each section: it is a segment, its digest, or what was sent when only a part of it is stored.
    sections  BLOB NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

-- The log: operations exactly as they were sent, in the order they were accepted.
CREATE TABLE segment (
    number      INTEGER PRIMARY KEY,
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    sequence    INTEGER NOT NULL,
    document    BLOB NOT NULL CHECK (length(document) = 16),
    -- Absent for the server's own, and for what was handed back to it.
    device      BLOB,
    origin      INTEGER NOT NULL REFERENCES origin (number),
    rebase      INTEGER NOT NULL,
    base        INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    -- The request that brought it, and which of its sections it was; absent for the server's own.
    upload      INTEGER,
    place       INTEGER,
    -- SHA-256 over the previous hash, all of this row and the document's kind.
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    -- Of the last operation: with it a phone proves that this server once stored it.
    seal        BLOB NOT NULL CHECK (length(seal) = 8),
    operations  BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX segment_by_sequence ON segment (tenant, sequence);
CREATE UNIQUE INDEX segment_by_document ON segment (tenant, document, sequence);

-- Rulings in the order they were made, hash-chained like the log.
CREATE TABLE ruling (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    number   INTEGER NOT NULL,
    document BLOB NOT NULL,
    at_ms    INTEGER NOT NULL,
    json     TEXT NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

-- Sets of people whose documents some phone holds, by the mark in its cursor.
CREATE TABLE scope (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    mark   BLOB NOT NULL CHECK (length(mark) = 8),
    -- Their ids one after another, sorted.
    people BLOB NOT NULL,
    PRIMARY KEY (tenant, mark)
) STRICT, WITHOUT ROWID;

-- Customers by their number in the system they were imported from: a second import skips them.
CREATE TABLE external_customer (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    external_id TEXT NOT NULL,
    document    BLOB NOT NULL,
    PRIMARY KEY (tenant, external_id)
) STRICT, WITHOUT ROWID;

-- Sequence numbers that were spent on refused operations, one for each actor: its operations after that one are
-- made anew by another actor.
CREATE TABLE refusal (
    tenant     INTEGER NOT NULL REFERENCES tenant (number),
    document   BLOB NOT NULL CHECK (length(document) = 16),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    epoch      INTEGER NOT NULL,
    rebase     INTEGER NOT NULL,
    sequence   INTEGER NOT NULL,
    -- Why, as JSON.
    rejection  TEXT NOT NULL,
    PRIMARY KEY (tenant, document, public_key, epoch, rebase)
) STRICT, WITHOUT ROWID;
-- How many of one installation are remembered: there is a bound.
CREATE INDEX refusal_by_origin ON refusal (tenant, public_key, epoch);

-- Restores of this server from a backup.
CREATE TABLE restore (
    -- The epoch that began with it.
    epoch         INTEGER PRIMARY KEY,
    at_ms         INTEGER NOT NULL,
    -- Until then rulings wait for phones that may hold one that was lost.
    hold_until_ms INTEGER NOT NULL
) STRICT;

-- Phones that have read the log of an epoch and handed back what they held of the one before.
CREATE TABLE caught_up (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    device BLOB NOT NULL,
    epoch  INTEGER NOT NULL,
    PRIMARY KEY (tenant, device),
    FOREIGN KEY (tenant, device) REFERENCES device (tenant, id)
) STRICT, WITHOUT ROWID;

-- Documents whose rulings wait.
CREATE TABLE held (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    document BLOB NOT NULL CHECK (length(document) = 16),
    PRIMARY KEY (tenant, document)
) STRICT, WITHOUT ROWID;

-- What people are in charge of beside their role, for example finance.
CREATE TABLE duty (
    tenant INTEGER NOT NULL REFERENCES tenant (number),
    person BLOB NOT NULL,
    duty   TEXT NOT NULL,
    PRIMARY KEY (tenant, person, duty),
    FOREIGN KEY (tenant, person) REFERENCES person (tenant, id)
) STRICT, WITHOUT ROWID;

-- Who decides in whose stead, from when to when.
CREATE TABLE delegation (
    number    INTEGER PRIMARY KEY,
    tenant    INTEGER NOT NULL REFERENCES tenant (number),
    delegator BLOB NOT NULL,
    delegate  BLOB NOT NULL,
    since_ms  INTEGER NOT NULL,
    until_ms  INTEGER NOT NULL,
    FOREIGN KEY (tenant, delegator) REFERENCES person (tenant, id),
    FOREIGN KEY (tenant, delegate) REFERENCES person (tenant, id)
) STRICT;
CREATE INDEX delegation_by_end ON delegation (tenant, until_ms);

-- Forms and chains as JSON. A version never changes: what was started on one ends on it.
CREATE TABLE form (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    json     TEXT NOT NULL,
    in_force INTEGER NOT NULL,
    PRIMARY KEY (tenant, name, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE chain (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    json     TEXT NOT NULL,
    in_force INTEGER NOT NULL,
    PRIMARY KEY (tenant, name, version)
) STRICT, WITHOUT ROWID;

-- Receipts of approvals that were handed in and still name them, by what makes them known again.
CREATE TABLE receipt (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    key      TEXT NOT NULL,
    document BLOB NOT NULL,
    -- The order among those with the same key: who claimed it first has the lowest.
    place    INTEGER NOT NULL,
    PRIMARY KEY (tenant, key, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_document ON receipt (tenant, document);

-- Documents that people may see beside those of their units, since when, and the last segment.
CREATE TABLE document_share (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    person   BLOB NOT NULL CHECK (length(person) = 16),
    document BLOB NOT NULL CHECK (length(document) = 16),
    since    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (tenant, document, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_share_by_person ON document_share (tenant, person, last, since);

-- Approvals with a round that goes on: they are ruled on again when the organisation changes.
CREATE TABLE open_approval (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    document BLOB NOT NULL,
    PRIMARY KEY (tenant, document)
) STRICT, WITHOUT ROWID;

-- What came in when the right to write it had ended: kept for a person to look at, in no document.
CREATE TABLE quarantine (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    number      INTEGER NOT NULL,
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    document    BLOB NOT NULL CHECK (length(document) = 16),
    kind        INTEGER NOT NULL,
    -- As in a segment.
    public_key  BLOB NOT NULL CHECK (length(public_key) = 32),
    epoch       INTEGER NOT NULL,
    rebase      INTEGER NOT NULL,
    base        INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    operations  BLOB NOT NULL,
    -- The first of them that is kept; those before are in the log.
    sequence    INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    -- Why, as JSON.
    rejection   TEXT NOT NULL,
    PRIMARY KEY (tenant, number)
) STRICT, WITHOUT ROWID;

-- Two operations of one actor under one sequence number: evidence of a copied installation.
CREATE TABLE equivocation (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    public_key  BLOB NOT NULL CHECK (length(public_key) = 32),
    epoch       INTEGER NOT NULL,
    document    BLOB NOT NULL CHECK (length(document) = 16),
    rebase      INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    -- The hashes of the operation that is stored and of the one that was refused.
    stored      BLOB NOT NULL CHECK (length(stored) = 32),
    claimed     BLOB NOT NULL CHECK (length(claimed) = 32),
    -- Who brought the second one, when, and what came.
    device      BLOB NOT NULL CHECK (length(device) = 16),
    received_ms INTEGER NOT NULL,
    operations  BLOB NOT NULL,
    PRIMARY KEY (tenant, public_key, epoch, document, rebase, sequence, claimed)
) STRICT, WITHOUT ROWID;

-- Documents with operations that were dated later than the server's clock when they came: a wrong clock, or somebody's
-- will. They stand; nothing is decided by their date.
CREATE TABLE future_dated (
    tenant      INTEGER NOT NULL REFERENCES tenant (number),
    document    BLOB NOT NULL CHECK (length(document) = 16),
    device      BLOB NOT NULL CHECK (length(device) = 16),
    -- The latest date of that phone in that document, and when it came.
    written_ms  INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    PRIMARY KEY (tenant, document, device)
) STRICT, WITHOUT ROWID;

-- Documents as readers of JSON see them, written off the way of the exchanges; may be behind, can be made anew.
CREATE TABLE snapshot (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    document BLOB NOT NULL CHECK (length(document) = 16),
    -- The sequence of the last segment that is in it.
    as_of    INTEGER NOT NULL,
    json     TEXT NOT NULL,
    PRIMARY KEY (tenant, document)
) STRICT;

-- Up to where the log was materialised.
CREATE TABLE materialised (
    tenant INTEGER PRIMARY KEY REFERENCES tenant (number),
    until  INTEGER NOT NULL
) STRICT;

-- Documents that could not be materialised; they wait for the operator.
CREATE TABLE set_aside (
    tenant   INTEGER NOT NULL REFERENCES tenant (number),
    document BLOB NOT NULL CHECK (length(document) = 16),
    as_of    INTEGER NOT NULL,
    at_ms    INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    -- 1: the operator asked to try it again.
    released INTEGER NOT NULL CHECK (released IN (0, 1)),
    PRIMARY KEY (tenant, document)
) STRICT, WITHOUT ROWID;
