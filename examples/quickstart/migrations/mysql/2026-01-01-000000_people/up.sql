CREATE TABLE person (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL UNIQUE,
    age INTEGER CHECK (age >= 0),
    birth_date DATE
) DEFAULT CHARACTER SET utf8mb4;

CREATE TABLE computer (
    id INTEGER AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL UNIQUE,
    vendor TEXT,
    owner_id INTEGER,
    FOREIGN KEY (owner_id) REFERENCES person (id)
) DEFAULT CHARACTER SET utf8mb4;

INSERT INTO person (name, age, birth_date) VALUES
    ('Ada', 36, '1815-12-10'),
    ('Grace', 85, '1906-12-09'),
    ('Linus', 21, NULL);

INSERT INTO computer (name, vendor, owner_id) VALUES
    ('analytical engine', 'Babbage', 1),
    ('mark 1', 'IBM', 2);
