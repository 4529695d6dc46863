// The published lists of ballots, as they stand in this page: 32 bytes tracker and 32 bytes of the ballot before it
// was signed, a row a ballot, sorted by tracker; and the machine of each where a contest has several.

const ROW = 64;

class Lists {
  constructor(data) {
    this.contests = data.contests.map((contest) => ({
      rows: fromBase64(contest.ballots),
      owners: contest.owners === null ? null : fromBase64(contest.owners),
      machines: contest.machines,
    }));
    this.machines = data.machines;
  }

  count(contest) {
    return this.contests[contest].rows.length / ROW;
  }

  line(contest, at) {
    const { rows, owners, machines } = this.contests[contest];
    const row = rows.subarray(at * ROW, (at + 1) * ROW);
    const machine = owners === null ? machines[0] : owners[2 * at] * 256 + owners[2 * at + 1];
    return { contest, machine, tracker: row.subarray(0, 32), unsigned: row.subarray(32) };
  }

  * lines(contest) {
    for (let at = 0; at < this.count(contest); at += 1) yield this.line(contest, at);
  }

  // All ballots whose tracker begins so.
  starting(contest, head) {
    return Array.from(this.lines(contest)).filter((line) => startsWith(line.tracker, head));
  }

  // Digest of the ballots of a machine, as keys.election.box.set_digest.
  boxDigest(machine) {
    const parts = this.machines[machine].style.flatMap((contest) => {
      const own = Array.from(this.lines(contest)).filter((line) => line.machine === machine);
      return [numberBytes(contest, 2), numberBytes(own.length, 4), ...own.map((line) => line.tracker)];
    });
    return tagged('isoloir set of ballots', ...parts);
  }
}

// The first 80 bits of it are the check code of a visit.
function commitmentOf(lines) {
  return tagged('isoloir/challenge/1', ...lines.map((line) => line.unsigned));
}
