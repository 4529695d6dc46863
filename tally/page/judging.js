// Judges one statement against what this page holds: the sentence first, then the reasons. As tally/check does.

const HOLDS = 'holds';
const REFUSED = 'refused';
const UNCHECKED = 'unchecked';

class Denied extends Error {
  constructor(sentence, state) {
    super(sentence);
    this.sentence = sentence;
    this.state = state || REFUSED;
  }
}

class Judge {
  constructor(data, lists, voice) {
    this.data = data;
    this.lists = lists;
    this.voice = voice;
    this.reasons = [];
  }

  note(name, values) {
    this.reasons.push(this.voice.say(name, values || {}));
  }

  deny(name, values, state) {
    return new Denied(this.voice.say(name, values || {}), state);
  }

  // The answer to one statement, as bytes.
  async statement(raw) {
    try {
      return { state: HOLDS, sentence: await this.opened(raw), reasons: this.reasons };
    } catch (error) {
      if (error instanceof Malformed) {
        return { state: REFUSED, sentence: this.voice.say('damaged', {}), reasons: [] };
      }
      if (!(error instanceof Denied)) throw error;
      return { state: error.state, sentence: error.sentence, reasons: this.reasons };
    }
  }

  async opened(raw) {
    const statement = readStatement(raw);
    const { header } = statement;
    const name = this.voice.what(header);
    await this.checkOrigin(statement, name);
    const said = this.claims(statement, name);
    this.reasons.unshift(...said.lines);
    const digest = toHex(await sha256(raw));
    const path = Object.keys(this.data.files).find((file) => this.data.files[file] === digest);
    if (header.name === 'receipt') return this.receipt(said.item, header.signer);
    if (['zero', 'pause', 'reopening', 'closing'].includes(header.name)) return this.report(said.item, header, path);
    if (header.name === 'result') return this.result(said.item, path);
    if (header.name === 'publication') return this.publication(said.item);
    if (header.name === 'challenge' && !path) throw this.deny('challenge_elsewhere', {}, UNCHECKED);
    // What is signed after the publication is in no folder.
    if (header.name.startsWith('destruction')) return this.voice.say('genuine', { what: name });
    if (!path) throw this.deny('not_published', { what: name });
    if (header.name === 'decision') return this.voice.say('decision_equal', {});
    return this.voice.say('published_as', { what: name, path });
  }

  async checkOrigin(statement, name) {
    const { header } = statement;
    const { manifest, draft, replaces, mode } = this.data;
    if (header.mode !== mode && header.name !== 'draft') {
      throw this.deny(header.mode === REHEARSAL ? 'rehearsal' : 'real_vote', { what: name });
    }
    if (BRINGS_KEY.has(header.name)) return this.checkBound(statement, name);
    const context = toHex(header.context);
    if (context !== manifest) {
      this.note('right_folder');
      throw this.deny(context === replaces ? 'replaced' : 'elsewhere', { what: name });
    }
    const key = this.keyOf(header);
    const signer = this.voice.signer(header);
    if (!await canVerify()) throw this.deny('no_ed25519', { what: name }, UNCHECKED);
    if (key === null || !await isSignedBy(statement, fromHex(key))) {
      this.note('keep_forged');
      throw this.deny('forged', { what: name, signer });
    }
    this.note('signed_by', { signer });
    return undefined;
  }

  // Papers that bring their own key: the published ones are bound by the sealed file, and no others.
  async checkBound(statement, name) {
    const { header, raw } = statement;
    const drafted = header.name === 'draft' ? toHex(await fingerprintOf(statement)) : toHex(header.context);
    if (drafted !== this.data.draft) throw this.deny('elsewhere', { what: name });
    const digest = toHex(await sha256(raw));
    if (!Object.values(this.data.files).includes(digest)) throw this.deny('not_published', { what: name });
  }

  keyOf(header) {
    const { authority, machines, trustees, board } = this.data;
    if (header.role === ROLES.authority) return authority;
    const people = { [ROLES.machine]: machines, [ROLES.trustee]: trustees, [ROLES.board]: board }[header.role];
    return people[header.signer] ? people[header.signer].key : null;
  }

  claims(statement, name) {
    try {
      const item = contentOf(statement);
      return { item, lines: item === null ? [] : CLAIMS[statement.header.name](item, this.voice) };
    } catch (error) {
      if (error instanceof Malformed) throw this.deny('no_sense', { what: name });
      throw error;
    }
  }

  async receipt(item, machine) {
    const { style, excluded } = this.data.machines[machine];
    const station = this.voice.station(machine);
    if (item.trackers.length !== style.length) throw this.deny('receipt_unfit', {});
    if (excluded) throw this.deny('left_out', { station });
    const found = style.map((contest, at) => this.find(item.trackers[at], contest, machine));
    const missing = found.filter((line) => line === null).length;
    if (missing) throw new Denied(this.voice.many('missing', missing, { station }));
    await this.checkBox(machine, station);
    if (!startsWith(await commitmentOf(found), item.code)) throw this.deny('other_vote', {});
    this.note('code_fixed', { code: checkCode(item.code) });
    this.note('says_nothing');
    return this.voice.many('is_in', found.length, { station });
  }

  find(tracker, contest, machine) {
    const code = shortCode(tracker);
    const [line] = this.lists.starting(contest, tracker);
    if (line && line.machine === machine) {
      this.note('in_list', { code, contest: this.voice.contest(contest) });
      return line;
    }
    if (line) this.note('other_machine', { code });
    else this.note('not_in_list', { code, contest: this.voice.contest(contest) });
    return null;
  }

  // The list in this page is the one that the machine signed when it closed.
  async checkBox(machine, station) {
    const { closing } = this.data.machines[machine];
    if (closing === null) throw this.deny('not_yet', { station }, UNCHECKED);
    if (toHex(await this.lists.boxDigest(machine)) !== closing.digest) throw this.deny('other_box', { station });
    this.note('box_holds', { count: closing.ballots });
  }

  async report(item, header, path) {
    const [what, station] = [this.voice.what(header), this.voice.station(header.signer)];
    if (!path || !path.startsWith('reports/')) throw this.deny('other_report', { what, station });
    if (header.name === 'closing') {
      if (this.data.machines[header.signer].excluded) this.note('station_left_out');
      else await this.checkBox(header.signer, station);
    }
    return this.voice.say('report_equal', { what, station });
  }

  result(item, path) {
    if (!this.data.contests[item.contest]) throw this.deny('result_of_none', {});
    const contest = this.voice.contest(item.contest);
    const expected = `results/${this.data.contests[item.contest].id}.cose`;
    if (path !== expected) throw this.deny('other_result', { contest });
    this.note('follows');
    return this.voice.say('result_equal', { contest });
  }

  publication(item) {
    const { files } = this.data;
    const others = Array.from(item.files.keys()).filter((path) => path !== 'index.html');
    const all = Array.from(new Set([...others, ...Object.keys(files)])).sort();
    const wrong = all.filter((path) => files[path] !== item.files.get(path));
    for (const path of wrong.slice(0, 5)) this.note('changed', { path });
    if (wrong.length || !item.files.has('index.html')) throw this.deny('other_publication', {});
    this.note('digest_of_page', { digest: item.files.get('index.html') });
    return this.voice.say('publication_equal', { count: others.length });
  }
}
