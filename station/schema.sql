-- The live store of one machine in one mode. Every value that changes during the day keeps its size, so that a change
-- overwrites its own bytes and the file says nothing of the order of changes.

-- One row: what was loaded, and how far the day is.
CREATE TABLE setting (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    manifest BLOB NOT NULL,   -- signed statement
    draft BLOB NOT NULL,      -- signed statement
    mode INTEGER NOT NULL CHECK (mode IN (0, 1)),
    machine INTEGER NOT NULL, -- index in the manifest
    station INTEGER NOT NULL, -- index in the definition
    roll_salt BLOB NOT NULL,
    state TEXT NOT NULL,
    opened INTEGER            -- Unix seconds of the opening
) STRICT;

-- The slots of each contest stand in a table of their own, slot_<contest>.
CREATE TABLE plan (
    contest INTEGER PRIMARY KEY,
    slots INTEGER NOT NULL CHECK (slots > 0),
    body_size INTEGER NOT NULL CHECK (body_size > 0)
) STRICT;

CREATE TABLE elector (
    number INTEGER PRIMARY KEY,
    surname TEXT NOT NULL,
    given_names TEXT NOT NULL,
    born TEXT NOT NULL,
    address TEXT NOT NULL,
    status INTEGER NOT NULL,
    note TEXT NOT NULL,
    reference TEXT NOT NULL,
    birth_name TEXT NOT NULL,
    struck_off TEXT NOT NULL,  -- ISO date
    proxy INTEGER NOT NULL,    -- number of who may vote for this person, or 0
    proxy_name TEXT NOT NULL,  -- the same, of somebody who is not on this roll
    -- number of who votes for this person, as officers noted it on the spot; all zeros for nobody
    desk_proxy TEXT NOT NULL DEFAULT '0000000' CHECK (length(desk_proxy) = 7),
    -- on the roll as it was loaded, or a line for somebody who is added on the spot: here, on another machine
    -- (or here, and another machine counts this person)
    added INTEGER NOT NULL CHECK (added IN (0, 1, 2)),
    -- none, voted here, carried over from another machine, nobody was added here
    mark TEXT NOT NULL CHECK (mark IN ('-', 'V', 'C', '+'))
) STRICT;

-- Who was added at this station, here or on a machine that was taken over, in rows of one size that are there from
-- the start (station/disk/additions.py).
CREATE TABLE addition (
    number INTEGER PRIMARY KEY,
    body BLOB NOT NULL CHECK (length(body) = 2048)
) STRICT;

-- At most one row: who votes at which station (keys/election/directory.py).
CREATE TABLE directory (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL,
    rows BLOB NOT NULL
) STRICT;

-- Six digits, so that a counter never grows.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (length(value) = 6)
) STRICT, WITHOUT ROWID;

CREATE TABLE turnout (
    hour INTEGER PRIMARY KEY, -- whole hours since the opening
    marks TEXT NOT NULL CHECK (length(marks) = 6)
) STRICT;

-- The log, in rows that are there from the start.
CREATE TABLE event (
    place INTEGER PRIMARY KEY,
    used INTEGER NOT NULL CHECK (used IN (0, 1)),
    body BLOB NOT NULL
) STRICT;

-- Signed reports, in the order in which they were made, and what is known of their paper: never printed, perhaps
-- (the machine stopped, or the printer did, while it was handed over), printed.
CREATE TABLE report (
    place INTEGER PRIMARY KEY,
    paper TEXT NOT NULL DEFAULT '-' CHECK (paper IN ('-', '?', 'P')),
    raw BLOB NOT NULL
) STRICT;
