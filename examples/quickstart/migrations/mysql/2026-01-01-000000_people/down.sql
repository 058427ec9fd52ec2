DROP TABLE computer;
DROP TABLE person;
