CREATE TABLE delivered (
    -- How many operations of an actor of this phone the server had accepted when their document left the phone: they stay
    -- delivered.
    document BLOB NOT NULL,
    origin_key BLOB NOT NULL,
    origin_epoch INTEGER NOT NULL,
    rebase INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (document, origin_key, origin_epoch, rebase)
) WITHOUT ROWID;
