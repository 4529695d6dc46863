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
    SELECT station, count(*) AS machines, max(electors) AS electors, sum(marks) AS marks,
           sum(ballots) AS ballots, sum(signatures) AS signatures
    FROM box GROUP BY station;
CREATE VIEW IF NOT EXISTS turnout AS
    SELECT station, electors, marks, round(100.0 * marks / nullif(electors, 0), 1) AS percent
    FROM (SELECT station, max(electors) AS electors, sum(marks) AS marks FROM box GROUP BY station);
CREATE VIEW IF NOT EXISTS figures AS
    SELECT name AS machine, station, marks, ballots, signatures, ballots - marks AS ballots_over_marks,
           signatures - marks AS signatures_over_marks, datetime(imported, 'unixepoch') AS imported_utc
    FROM box;
CREATE VIEW IF NOT EXISTS contest AS
    SELECT contest AS number, count(*) AS ballots, count(DISTINCT machine) AS machines FROM ballot GROUP BY contest;
