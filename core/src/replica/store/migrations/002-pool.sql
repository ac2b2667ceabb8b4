-- Customers that nobody has, and what is asked of the server about one.

-- 1: in the pool of the unit that the owner names.
ALTER TABLE customer ADD COLUMN pool INTEGER NOT NULL DEFAULT 0;
-- What was asked for last and has no answer: claim, release, owner, grade; and by whom.
ALTER TABLE customer ADD COLUMN asked TEXT;
ALTER TABLE customer ADD COLUMN asked_by BLOB;
CREATE INDEX customer_pool ON customer (name COLLATE NOCASE) WHERE pool = 1;
