CREATE TABLE employee (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT 'assistant',
    salary INTEGER NOT NULL DEFAULT 2000
);

INSERT INTO employee (id, name, title, salary) VALUES
    (1, 'Ada', 'engineer', 5200),
    (2, 'Grace', 'admiral', 6100),
    (3, 'Linus', 'assistant', 2300);
