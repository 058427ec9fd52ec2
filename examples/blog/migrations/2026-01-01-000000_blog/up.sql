CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    title TEXT NOT NULL,
    author_id INTEGER NOT NULL REFERENCES person (id),
    editor_id INTEGER REFERENCES person (id)
);

CREATE TABLE comment (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    content TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id),
    author_id INTEGER REFERENCES person (id)
);

CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE article_tag (
    article_id INTEGER NOT NULL REFERENCES article (id),
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (article_id, tag_id)
);

CREATE INDEX article_of_author ON article (author_id);
CREATE INDEX article_of_editor ON article (editor_id);
CREATE INDEX comment_of_article ON comment (article_id);
CREATE INDEX comment_of_author ON comment (author_id);
CREATE INDEX article_of_tag ON article_tag (tag_id);

INSERT INTO person (name) VALUES ('Ada'), ('Grace'), ('Linus');

INSERT INTO article (title, author_id, editor_id) VALUES
    ('Notes on the engine', 1, 2),
    ('On compilers', 2, NULL),
    ('Just for fun', 3, 1);

INSERT INTO comment (content, article_id, author_id) VALUES
    ('First!', 1, 3),
    ('A correction to note G', 1, 2),
    ('Well compiled', 2, 1),
    ('Anonymous praise', 2, NULL);

INSERT INTO tag (name) VALUES ('history'), ('machines'), ('unused');

INSERT INTO article_tag (article_id, tag_id) VALUES (1, 1), (1, 2), (2, 2);
