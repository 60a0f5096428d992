-- What a space owes another index lies at places that are used again: a debt of usual length takes the pages of one that was delivered, and none has to be
-- given back, cleaned and asked for again with each commit.
ALTER TABLE spaces ADD COLUMN owed_rows INTEGER NOT NULL DEFAULT 0;
INSERT INTO spaces (tenant_id, user_id, agent_id, revision, created_at)
    SELECT DISTINCT tenant_id, user_id, agent_id, 0, unixepoch() FROM owed_vectors o
    WHERE NOT EXISTS (SELECT 1 FROM spaces s WHERE s.tenant_id = o.tenant_id AND s.user_id = o.user_id AND s.agent_id = o.agent_id);
CREATE TABLE new_owed_vectors (
    place INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT,
    text TEXT,
    vector BLOB,
    filler BLOB
);
INSERT INTO new_owed_vectors (place, sequence, collection, id, model, text, vector)
    SELECT (s.number << 32) + row_number() OVER (PARTITION BY s.number ORDER BY o.sequence) - 1, o.sequence, o.collection, o.id, o.model, o.text, o.vector
    FROM owed_vectors o JOIN spaces s ON s.tenant_id = o.tenant_id AND s.user_id = o.user_id AND s.agent_id = o.agent_id;
DROP TABLE owed_vectors;
ALTER TABLE new_owed_vectors RENAME TO owed_vectors;
UPDATE spaces SET owed_rows = (SELECT COUNT(*) FROM owed_vectors WHERE place BETWEEN number << 32 AND (number << 32) + 4294967295);
