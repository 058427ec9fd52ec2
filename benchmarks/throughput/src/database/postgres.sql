CREATE TABLE author (
    id SERIAL PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    born DATE
);

CREATE TABLE article (
    id SERIAL PRIMARY KEY,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    section TEXT NOT NULL,
    words INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    author_id INTEGER NOT NULL REFERENCES author (id)
);

CREATE INDEX article_author ON article (author_id);
CREATE INDEX article_section ON article (section, created_at);

INSERT INTO author (id, name, email, born)
SELECT
    n,
    'Author ' || n,
    'author' || n || '@example.org',
    CASE WHEN n % 5 > 0 THEN date '1950-01-01' + n * 60 END
FROM generate_series(1, 200) AS n;

INSERT INTO article (id, title, body, section, words, created_at, author_id)
SELECT
    n,
    'Article number ' || n,
    to_char(n, 'FM000000') || repeat('What an article says, in a few words that take their place. ', 6),
    'section-' || n % 100,
    n % 2000,
    timestamp '2020-01-01' + (n * 7919 % 10000) * interval '1 minute',
    1 + n * 31 % 200
FROM generate_series(1, 10000) AS n;
