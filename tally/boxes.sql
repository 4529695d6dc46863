CREATE TABLE IF NOT EXISTS box (
    machine INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    station TEXT NOT NULL,
    ballots INTEGER NOT NULL,
    marks INTEGER NOT NULL,
    signatures INTEGER NOT NULL,
    electors INTEGER NOT NULL,
    set_digest BLOB NOT NULL,
    file_digest BLOB NOT NULL,
    closing BLOB NOT NULL,
    imported INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS ballot (
    contest INTEGER NOT NULL,
    tracker BLOB NOT NULL,
    machine INTEGER NOT NULL REFERENCES box (machine),
    body BLOB NOT NULL,
    PRIMARY KEY (contest, tracker)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suspension (
    machine INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    other_set_digest BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE VIEW IF NOT EXISTS station AS
    SELECT station, count(*) AS machines, sum(electors) AS electors, sum(marks) AS marks,
           sum(ballots) AS ballots, sum(signatures) AS signatures
    FROM box GROUP BY station;
