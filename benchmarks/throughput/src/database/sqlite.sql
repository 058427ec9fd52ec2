PRAGMA journal_mode = WAL;

CREATE TABLE author (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    born DATE
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    section TEXT NOT NULL,
    words INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    author_id INTEGER NOT NULL REFERENCES author (id)
);

CREATE INDEX article_author ON article (author_id);
CREATE INDEX article_section ON article (section, created_at);

WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200)
INSERT INTO author (id, name, email, born)
SELECT
    n,
    'Author ' || n,
    'author' || n || '@example.org',
    CASE WHEN n % 5 > 0 THEN date('1950-01-01', (n * 60) || ' days') END
FROM numbers;

WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
INSERT INTO article (id, title, body, section, words, created_at, author_id)
SELECT
    n,
    'Article number ' || n,
    replace(printf('%06d', n) || '......', '.', 'What an article says, in a few words that take their place. '),
    'section-' || n % 100,
    n % 2000,
    datetime('2020-01-01', (n * 7919 % 10000) || ' minutes'),
    1 + n * 31 % 200
FROM numbers;

ANALYZE;
