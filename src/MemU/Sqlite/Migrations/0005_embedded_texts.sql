-- Which texts of a space a paid model has embedded: where the vector is in the index (vector is null), or the vector itself once another model's took its
-- place there. A row lives as long as its record says these words.
CREATE TABLE embedded_texts (
    tenant_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    agent_id TEXT NOT NULL,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    model TEXT NOT NULL,
    text_hash BLOB NOT NULL,
    vector BLOB,
    PRIMARY KEY (tenant_id, user_id, agent_id, collection, id, model)
);
CREATE INDEX idx_embedded_texts_space_hash ON embedded_texts (tenant_id, user_id, agent_id, text_hash);
