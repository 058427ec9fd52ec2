CREATE TABLE product (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    is_published BOOLEAN NOT NULL DEFAULT FALSE
);

INSERT INTO product (name, is_published) VALUES
    ('abacus', TRUE),
    ('slide rule', TRUE),
    ('difference engine', TRUE),
    ('analytical engine', FALSE);
