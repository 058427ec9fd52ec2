-- Tokens stand here as they are, so that they can be read; whoever has to keep them secret stores only their hashes.
CREATE TABLE user (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    token TEXT NOT NULL UNIQUE
);

CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    content TEXT NOT NULL,
    owner_id INTEGER NOT NULL REFERENCES user (id)
);

CREATE INDEX note_of_owner ON note (owner_id);

INSERT INTO user (token) VALUES ('token-of-ada'), ('token-of-grace');

INSERT INTO note (content, owner_id) VALUES
    ('Ask Babbage about the mill', 1),
    ('A moth in relay 70', 2),
    ('Note G is finished', 1);
