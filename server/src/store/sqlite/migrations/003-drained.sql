-- The last contact at which nothing waited on the phone; never lowered. What it brings was written after that.
ALTER TABLE device ADD COLUMN drained_ms INTEGER NOT NULL DEFAULT 0;
UPDATE device SET drained_ms = CASE waiting WHEN 0 THEN seen_ms ELSE 0 END;
