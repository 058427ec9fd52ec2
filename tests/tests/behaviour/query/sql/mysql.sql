-- person
SELECT "person"."id", "person"."name", "person"."motto", "person"."age", "person"."height", "person"."born", "person"."seen", "person"."active", "person"."boss_id", (SELECT "r1"."id" FROM "profile" AS "r1" WHERE "r1"."person_id" = "person"."id" ORDER BY "r1"."id" LIMIT 1) FROM "person" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?page[number]=3&page[size]=2
SELECT "person"."id", "person"."name", "person"."motto", "person"."age", "person"."height", "person"."born", "person"."seen", "person"."active", "person"."boss_id", (SELECT "r1"."id" FROM "profile" AS "r1" WHERE "r1"."person_id" = "person"."id" ORDER BY "r1"."id" LIMIT 1) FROM "person" ORDER BY "person"."id" LIMIT 2 OFFSET ?
-- with [4];
SELECT COUNT(*) FROM "person"
-- with [];

-- person?fields[person]=name
SELECT "person"."id", "person"."name" FROM "person" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=
SELECT "person"."id" FROM "person" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?page[size]=0&fields[person]=name
SELECT "person"."id", "person"."name" FROM "person" ORDER BY "person"."id" LIMIT 101
-- with [];

-- person?fields[person]=&filter[age]=30
SELECT "person"."id" FROM "person" WHERE "person"."age" = ? ORDER BY "person"."id" LIMIT 10
-- with [Some(30)];

-- person?fields[person]=&filter[age]=20,30
SELECT "person"."id" FROM "person" WHERE "person"."age" IN (?, ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(20), Some(30)];

-- person?fields[person]=&filter[name]=Ann,Bob
SELECT "person"."id" FROM "person" WHERE "person"."name" IN (?, ?) ORDER BY "person"."id" LIMIT 10
-- with ["Ann", "Bob"];

-- person?fields[person]=&filter[height]=1.5,2
SELECT "person"."id" FROM "person" WHERE "person"."height" IN (?, ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(1.5), Some(2.0)];

-- person?fields[person]=&filter[born]=1990-02-28,2004-12-31
SELECT "person"."id" FROM "person" WHERE "person"."born" IN (?, ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(1990-02-28), Some(2004-12-31)];

-- person?fields[person]=&filter[age][ge]=20&filter[age][lt]=40
SELECT "person"."id" FROM "person" WHERE "person"."age" >= ? AND "person"."age" < ? ORDER BY "person"."id" LIMIT 10
-- with [Some(20), Some(40)];

-- person?fields[person]=&filter[age][between]=20,30
SELECT "person"."id" FROM "person" WHERE "person"."age" BETWEEN ? AND ? ORDER BY "person"."id" LIMIT 10
-- with [Some(20), Some(30)];

-- person?fields[person]=&filter[age][not_in]=20,30
SELECT "person"."id" FROM "person" WHERE NOT ("person"."age" IN (?, ?)) ORDER BY "person"."id" LIMIT 10
-- with [Some(20), Some(30)];

-- person?fields[person]=&filter[age][is_null]=true
SELECT "person"."id" FROM "person" WHERE "person"."age" IS NULL ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[name][like]=A%
SELECT "person"."id" FROM "person" WHERE "person"."name" LIKE ? ORDER BY "person"."id" LIMIT 10
-- with ["A%"];

-- person?fields[person]=&filter[name][ilike]=a%
SELECT "person"."id" FROM "person" WHERE LOWER("person"."name") LIKE LOWER(?) COLLATE utf8mb4_bin ORDER BY "person"."id" LIMIT 10
-- with ["a%"];

-- person?fields[person]=&filter[name][not_like]=A%
SELECT "person"."id" FROM "person" WHERE NOT ("person"."name" LIKE ?) ORDER BY "person"."id" LIMIT 10
-- with ["A%"];

-- person?fields[person]=&filter[name][starts_with]=A
SELECT "person"."id" FROM "person" WHERE "person"."name" LIKE ? ESCAPE '!' ORDER BY "person"."id" LIMIT 10
-- with ["A%"];

-- person?fields[person]=&filter[seen][lt]=CURRENT_TIMESTAMP
SELECT "person"."id" FROM "person" WHERE "person"."seen" < UTC_TIMESTAMP(6) ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[objects]=[{"name":"name","op":"eq","field":"motto"}]
SELECT "person"."id" FROM "person" WHERE "person"."name" = "person"."motto" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[objects]=[]
SELECT "person"."id" FROM "person" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[objects]=[{"or":[]}]
SELECT "person"."id" FROM "person" ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[objects]=[{"name":"age","op":"in","val":[]}]
SELECT "person"."id" FROM "person" WHERE (1 = 0) ORDER BY "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[objects]=[{"or":[{"name":"age","op":"eq","val":1},{"and":[{"name":"age","op":"eq","val":2},{"name":"name","op":"eq","val":"x"}]}]},{"not":{"name":"age","op":"eq","val":3}}]
SELECT "person"."id" FROM "person" WHERE ("person"."age" = ? OR ("person"."age" = ? AND "person"."name" = ?)) AND NOT ("person"."age" = ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(1), Some(2), "x", Some(3)];

-- person?fields[person]=&filter[objects]=[{"not":{"or":[{"name":"age","op":"is_null"},{"name":"age","op":"between","val":[1,2]}]}}]
SELECT "person"."id" FROM "person" WHERE NOT ("person"."age" IS NULL OR "person"."age" BETWEEN ? AND ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(1), Some(2)];

-- article?fields[article]=&filter[author]=1
SELECT "article"."id" FROM "article" WHERE "article"."author_id" = ? ORDER BY "article"."id" LIMIT 10
-- with [1];

-- article?fields[article]=&filter[author]=1,2
SELECT "article"."id" FROM "article" WHERE "article"."author_id" IN (?, ?) ORDER BY "article"."id" LIMIT 10
-- with [1, 2];

-- article?fields[article]=&filter[author][is_null]=true
SELECT "article"."id" FROM "article" WHERE "article"."author_id" IS NULL ORDER BY "article"."id" LIMIT 10
-- with [];

-- article?fields[article]=&filter[tags]=1,2
SELECT "article"."id" FROM "article" WHERE EXISTS (SELECT 1 FROM "article_tag" AS "r2" INNER JOIN "tag" AS "r1" ON "r1"."id" = "r2"."tag_id" WHERE "r2"."article_id" = "article"."id" AND "r1"."id" IN (?, ?)) ORDER BY "article"."id" LIMIT 10
-- with [1, 2];

-- article?fields[article]=&filter[tags][is_null]=true
SELECT "article"."id" FROM "article" WHERE NOT EXISTS (SELECT 1 FROM "article_tag" AS "r2" INNER JOIN "tag" AS "r1" ON "r1"."id" = "r2"."tag_id" WHERE "r2"."article_id" = "article"."id") ORDER BY "article"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[profile]=1
SELECT "person"."id" FROM "person" WHERE EXISTS (SELECT 1 FROM "profile" AS "r1" WHERE "r1"."person_id" = "person"."id" AND "r1"."id" = ?) ORDER BY "person"."id" LIMIT 10
-- with [1];

-- article?fields[article]=&filter[author.name]=Ann
SELECT "article"."id" FROM "article" WHERE EXISTS (SELECT 1 FROM "person" AS "r1" WHERE "r1"."id" = "article"."author_id" AND "r1"."name" = ?) ORDER BY "article"."id" LIMIT 10
-- with ["Ann"];

-- person?fields[person]=&filter[articles.stars][gt]=3
SELECT "person"."id" FROM "person" WHERE EXISTS (SELECT 1 FROM "article" AS "r1" WHERE "r1"."author_id" = "person"."id" AND "r1"."stars" > ?) ORDER BY "person"."id" LIMIT 10
-- with [Some(3)];

-- article?fields[article]=&filter[tags.label]=rust
SELECT "article"."id" FROM "article" WHERE EXISTS (SELECT 1 FROM "article_tag" AS "r2" INNER JOIN "tag" AS "r1" ON "r1"."id" = "r2"."tag_id" WHERE "r2"."article_id" = "article"."id" AND "r1"."label" = ?) ORDER BY "article"."id" LIMIT 10
-- with [Some("rust")];

-- person?fields[person]=&filter[boss.boss.name]=Ann
SELECT "person"."id" FROM "person" WHERE EXISTS (SELECT 1 FROM "person" AS "r1" WHERE "r1"."id" = "person"."boss_id" AND EXISTS (SELECT 1 FROM "person" AS "r2" WHERE "r2"."id" = "r1"."boss_id" AND "r2"."name" = ?)) ORDER BY "person"."id" LIMIT 10
-- with ["Ann"];

-- person?fields[person]=&filter[articles.tags.label]=rust&filter[boss.name]=Ann
SELECT "person"."id" FROM "person" WHERE EXISTS (SELECT 1 FROM "article" AS "r1" WHERE "r1"."author_id" = "person"."id" AND ("r1"."id" IS NOT NULL AND "r1"."id" IN (SELECT "r3"."article_id" FROM "article_tag" AS "r3" INNER JOIN "tag" AS "r2" ON "r2"."id" = "r3"."tag_id" WHERE "r3"."article_id" IS NOT NULL AND "r2"."label" = ?))) AND EXISTS (SELECT 1 FROM "person" AS "r1" WHERE "r1"."id" = "person"."boss_id" AND "r1"."name" = ?) ORDER BY "person"."id" LIMIT 10
-- with [Some("rust"), "Ann"];

-- tag?fields[tag]=&filter[objects]=[{"not":{"name":"articles","op":"any","val":{"or":[{"name":"author","op":"has","val":{"name":"age","op":"gt","val":1}},{"name":"stars","op":"is_null"}]}}}]
SELECT "tag"."id" FROM "tag" WHERE NOT EXISTS (SELECT 1 FROM "article_tag" AS "r2" INNER JOIN "article" AS "r1" ON "r1"."id" = "r2"."article_id" WHERE "r2"."tag_id" = "tag"."id" AND (EXISTS (SELECT 1 FROM "person" AS "r3" WHERE "r3"."id" = "r1"."author_id" AND "r3"."age" > ?) OR "r1"."stars" IS NULL)) ORDER BY "tag"."id" LIMIT 10
-- with [Some(1)];

-- person?fields[person]=&sort=-age,name
SELECT "person"."id" FROM "person" ORDER BY "person"."age" DESC, "person"."name", "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&sort=name&ignorecase=1
SELECT "person"."id" FROM "person" ORDER BY LOWER("person"."name"), "person"."id" LIMIT 10
-- with [];

-- article?fields[article]=&sort=author.name,-author.age
SELECT "article"."id" FROM "article" LEFT JOIN "person" AS "r1" ON "r1"."id" = "article"."author_id" ORDER BY "r1"."name", "r1"."age" DESC, "article"."id" LIMIT 10
-- with [];

-- article?fields[article]=&sort=author.boss.name&filter[author.name]=Ann
SELECT "article"."id" FROM "article" LEFT JOIN "person" AS "r1" ON "r1"."id" = "article"."author_id" LEFT JOIN "person" AS "r2" ON "r2"."id" = "r1"."boss_id" WHERE EXISTS (SELECT 1 FROM "person" AS "r1" WHERE "r1"."id" = "article"."author_id" AND "r1"."name" = ?) ORDER BY "r2"."name", "article"."id" LIMIT 10
-- with ["Ann"];

-- person?fields[person]=&sort=profile.bio
SELECT "person"."id" FROM "person" LEFT JOIN "profile" AS "r1" ON "r1"."id" = (SELECT "r2"."id" FROM "profile" AS "r2" WHERE "r2"."person_id" = "person"."id" ORDER BY "r2"."id" LIMIT 1) ORDER BY "r1"."bio", "person"."id" LIMIT 10
-- with [];

-- person?fields[person]=&filter[single]=1&filter[name]=Ann
SELECT "person"."id" FROM "person" WHERE "person"."name" = ? ORDER BY "person"."id" LIMIT 2
-- with ["Ann"];

-- person/1/articles?fields[article]=
SELECT "article"."id" FROM "article" WHERE "article"."author_id" = ? ORDER BY "article"."id" LIMIT 100
-- with [1];

-- person/1/articles?fields[article]=&filter[stars][gt]=3&sort=editor.name
SELECT "article"."id" FROM "article" LEFT JOIN "person" AS "r1" ON "r1"."id" = "article"."editor_id" WHERE "article"."author_id" = ? AND "article"."stars" > ? ORDER BY "r1"."name", "article"."id" LIMIT 100
-- with [1, Some(3)];

-- article/1/relationships/tags?filter[label]=rust
SELECT "tag"."id" FROM "tag" WHERE EXISTS (SELECT 1 FROM "article_tag" WHERE "article_tag"."article_id" = ? AND "article_tag"."tag_id" = "tag"."id") AND "tag"."label" = ? ORDER BY "tag"."id" LIMIT 100
-- with [1, Some("rust")];

-- article?fields[article]=&filter[stars]=5&include=tags
SELECT "article"."id" FROM "article" WHERE "article"."stars" = ? ORDER BY "article"."id" LIMIT 10
-- with [Some(5)];
SELECT "tag"."id", "article_tag"."article_id", "tag"."label" FROM "tag" INNER JOIN "article_tag" ON "tag"."id" = "article_tag"."tag_id" WHERE "article_tag"."article_id" IN (?) ORDER BY "tag"."id" LIMIT 10001
-- with [1];
