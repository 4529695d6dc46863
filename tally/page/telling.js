// What a paper says, without a word on whether it is true; and how this page speaks.

class Voice {
  constructor(language, data) {
    this.language = language;
    this.data = data;
    this.words = data.words[language];
    this.locale = language === 'en' ? 'en-GB' : language; // as Language writes it
    this.digits = new Intl.NumberFormat(this.locale);
  }

  number(value) {
    return this.digits.format(value).replace(/\u202f/g, '\u00a0');
  }

  say(name, values) {
    const words = this.words.say[name];
    return words.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, place) => {
      const value = (values || {})[place];
      return typeof value === 'number' ? this.number(value) : String(value);
    });
  }

  // One sentence of several, by a number from 0 to 250.
  many(name, count, values) {
    const forms = this.words.many[name];
    const form = forms[Math.min(Number(this.words.plural[count]), forms.length - 1)];
    return form.replace(/\{([a-z][a-z0-9_]*)\}/g, (_, place) => (
      place === 'count' ? this.number(count) : String(values[place])
    ));
  }

  moment(unix) {
    const style = { dateStyle: 'medium', timeStyle: 'short', timeZone: this.data.zone };
    try {
      return new Intl.DateTimeFormat(this.locale, style).format(new Date(unix * 1000));
    } catch (error) {
      return `${unix} (${this.data.zone})`; // signed, but no time, or no zone
    }
  }

  station(machine) {
    return this.data.stations[this.data.machines[machine].station];
  }

  contest(at) {
    const contest = this.data.contests[at];
    return contest ? contest.title[this.language] : this.say('contest_number', { number: at + 1 });
  }

  option(contest, at) {
    const options = (this.data.contests[contest] || { options: [] }).options;
    return options[at] ? options[at][this.language] : this.say('option_number', { number: at + 1 });
  }

  what(header) {
    return this.words.say[`name_${header.name}`] || this.say('name_other', { kind: header.name });
  }

  signer(header) {
    const { machines, trustees, board } = this.data;
    if (header.role === ROLES.authority) return this.say('town_hall', {});
    if (header.role === ROLES.machine && machines[header.signer]) {
      return this.say('machine_of', { station: this.station(header.signer) });
    }
    const people = header.role === ROLES.trustee ? trustees : board;
    return people[header.signer] ? people[header.signer].name : this.say('somebody', {});
  }
}

function demand(fact) {
  if (!fact) throw new Malformed('content');
}

const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isBytes = (value, size) => value instanceof Uint8Array && value.length === size;
const isCounts = (value) => Array.isArray(value) && value.every(isCount);

// Checks the fields that this page reads; other fields are covered by the signature and by the published file.
const CONTENTS = {
  receipt(content) {
    const trackers = content.get(1);
    demand(content.size === 2 && Array.isArray(trackers) && trackers.length >= 1 && trackers.length <= 250);
    demand(trackers.every((tracker) => isBytes(tracker, 16)) && isBytes(content.get(2), 10));
    return { trackers, code: content.get(2) };
  },
  zero(content) {
    demand([1, 2, 3, 4].every((key) => isCount(content.get(key))));
    return { at: content.get(1), electors: content.get(2), ballots: content.get(3), marks: content.get(4) };
  },
  pause(content) {
    demand(isCount(content.get(1)) && isCount(content.get(2)) && typeof (content.get(4) || '') === 'string');
    return { at: content.get(1), marks: content.get(2), reason: content.get(4) || '' };
  },
  closing(content) {
    demand([1, 2, 3, 4, 5].every((key) => isCount(content.get(key))) && isBytes(content.get(6), 32));
    const [at, electors, marks, ballots, signatures, digest] = [1, 2, 3, 4, 5, 6].map((key) => content.get(key));
    return { at, electors, marks, ballots, signatures, digest };
  },
  result(content) {
    demand([1, 3, 4].every((key) => isCount(content.get(key))) && isCounts(content.get(5)) && isCounts(content.get(6)));
    const [contest, ballots, blank, totals, winners] = [1, 3, 4, 5, 6].map((key) => content.get(key));
    return { contest, ballots, blank, totals, winners };
  },
  decision(content) {
    demand(isCount(content.get(1)) && isCount(content.get(2)) && typeof content.get(3) === 'string');
    demand(isCount(content.get(4)));
    return { reason: content.get(3), at: content.get(4) };
  },
  publication(content) {
    const files = content.get(2);
    demand(isCount(content.get(1)) && Array.isArray(files) && files.every((file) => (
      file instanceof Map && typeof file.get(1) === 'string' && isBytes(file.get(3), 32))));
    return { at: content.get(1), files: new Map(files.map((file) => [file.get(1), toHex(file.get(3))])) };
  },
};
CONTENTS.reopening = CONTENTS.pause;

// The content of a statement as plain fields; null for papers of which this page reads none.
function contentOf(statement) {
  const read = CONTENTS[statement.header.name];
  if (!read) return null;
  const content = cborDecode(statement.payload);
  demand(content instanceof Map);
  return read(content);
}

const CLAIMS = {
  receipt: (item, voice) => [
    voice.say('codes', { codes: item.trackers.map(shortCode).join(', ') }),
    voice.say('check_code', { code: checkCode(item.code) }),
  ],
  zero: (item, voice) => [
    voice.say('opened', { time: voice.moment(item.at) }),
    voice.say('votes_in', { count: item.ballots }),
    voice.say('marked', { count: item.marks }),
    voice.say('on_roll', { count: item.electors }),
  ],
  pause: (item, voice) => [
    voice.say('time', { time: voice.moment(item.at) }),
    voice.say('marked', { count: item.marks }),
    ...(item.reason ? [voice.say('reason', { reason: item.reason })] : []),
  ],
  closing: (item, voice) => [
    voice.say('closed', { time: voice.moment(item.at) }),
    voice.say('on_roll', { count: item.electors }),
    voice.say('marked', { count: item.marks }),
    voice.say('ballots_in', { count: item.ballots }),
    voice.say('signatures', { count: item.signatures }),
    voice.say('digest', { groups: fingerprintText(item.digest) }),
    item.marks === item.ballots && item.ballots === item.signatures
      ? voice.say('figures_agree', { count: item.ballots }) : voice.say('figures_differ', {}),
  ],
  result: (item, voice) => [
    voice.say('contest', { contest: voice.contest(item.contest) }),
    voice.say('ballots', { count: item.ballots }),
    voice.say('blank', { count: item.blank }),
    ...item.totals.map((total, at) => {
      const row = `${voice.option(item.contest, at)}: ${voice.number(total)}`;
      return item.winners.includes(at) ? `${row} (${voice.say('chosen', {})})` : row;
    }),
  ],
  decision: (item, voice) => [
    voice.say('time', { time: voice.moment(item.at) }),
    voice.say('reason', { reason: item.reason }),
  ],
  publication: (item, voice) => [
    voice.say('made', { time: voice.moment(item.at) }),
    voice.say('files', { count: item.files.size }),
  ],
};
CLAIMS.reopening = CLAIMS.pause;
