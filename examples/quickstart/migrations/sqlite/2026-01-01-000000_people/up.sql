CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    age INTEGER CHECK (age >= 0),
    birth_date DATE
);

CREATE TABLE computer (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    vendor TEXT,
    owner_id INTEGER REFERENCES person (id)
);

INSERT INTO person (name, age, birth_date) VALUES
    ('Ada', 36, '1815-12-10'),
    ('Grace', 85, '1906-12-09'),
    ('Linus', 21, NULL);

INSERT INTO computer (name, vendor, owner_id) VALUES
    ('analytical engine', 'Babbage', 1),
    ('mark 1', 'IBM', 2);
