CREATE TABLE booking (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    guest TEXT NOT NULL,
    email TEXT NOT NULL,
    seats INTEGER NOT NULL,
    day DATE NOT NULL
);

CREATE INDEX booking_of_day ON booking (day);

INSERT INTO booking (guest, email, seats, day) VALUES
    ('Ada', 'ada@example.org', 2, '2030-05-01'),
    ('Grace', 'grace@example.org', 4, '2030-05-01'),
    ('Linus', 'linus@example.org', 1, '2030-05-02');
