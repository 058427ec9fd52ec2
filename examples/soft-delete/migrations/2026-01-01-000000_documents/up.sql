CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    title TEXT NOT NULL,
    deleted_at TIMESTAMP
);

INSERT INTO document (title, deleted_at) VALUES
    ('Contract', NULL),
    ('Draft of the contract', '2026-01-01 09:30:00'),
    ('Invoice', NULL);
