// Codes that people type: a short code, a check code, a fingerprint, a whole tracker.

class LookUp {
  constructor(data, lists, voice) {
    this.data = data;
    this.lists = lists;
    this.voice = voice;
  }

  answer(state, sentence, reasons) {
    const label = { [HOLDS]: 'listed', [REFUSED]: 'unlisted' }[state] || state;
    return { state, label, sentence, reasons: reasons || [] };
  }

  // The answer to a code for people, or null where the text is none.
  async typed(text) {
    const plain = text.trim();
    if (/^([0-9a-fA-F]{2}){16,32}$/.test(plain)) return this.tracker(fromHex(plain), plain.toLowerCase());
    if (/^[A-Za-z0-9+/]{43}=?$/.test(plain)) return this.tracker(fromBase64(plain), plain);
    const letters = cleanCode(plain);
    if (letters === null) return null;
    const sizes = { 8: 5, 16: 10, 52: 32 };
    const value = letters.length in sizes ? fromCrockford(letters, sizes[letters.length]) : null;
    if (value === null) return null;
    if (letters.length === 8) return this.tracker(value, shortCode(value));
    return letters.length === 16 ? this.checkCode(value) : this.fingerprint(value);
  }

  tracker(head, code) {
    const found = this.data.contests.flatMap((_, contest) => this.lists.starting(contest, head));
    const reasons = found.map((line) => this.voice.say('line', {
      station: this.voice.station(line.machine),
      contest: this.voice.contest(line.contest),
      tracker: toHex(line.tracker),
    }));
    if (found.length > 1) reasons.push(this.voice.say('which', {}));
    if (!found.length) return this.answer(REFUSED, this.voice.say('not_found', { code }));
    reasons.push(this.voice.say('only_listed', {}));
    return this.answer(HOLDS, this.voice.many('found', Math.min(found.length, 250), { code }), reasons);
  }

  // Among visits of one ballot only: of a visit with several, the code would link published ballots.
  async checkCode(value) {
    const code = checkCode(value);
    const alone = new Set(this.data.machines.filter((item) => item.style.length === 1).map((item) => item.style[0]));
    for (const contest of alone) {
      for (const line of this.lists.lines(contest)) {
        if (this.data.machines[line.machine].style.length === 1 && startsWith(await commitmentOf([line]), value)) {
          const station = this.voice.station(line.machine);
          const own = this.voice.say('own_code', {
            contest: this.voice.contest(contest), code: shortCode(line.tracker),
          });
          return this.answer(HOLDS, this.voice.say('slip_found', { code, station }), [own]);
        }
      }
    }
    const several = this.data.machines.some((item) => item.style.length > 1);
    return this.answer(
      several ? UNCHECKED : REFUSED, this.voice.say(several ? 'slip_of_several' : 'slip_not_found', { code }),
    );
  }

  fingerprint(value) {
    const hex = toHex(value);
    if (hex === this.data.manifest) return this.answer(HOLDS, this.voice.say('is_manifest', {}));
    const { machines, files } = this.data;
    const machine = machines.findIndex((item) => item.key === hex);
    if (machine >= 0) return this.answer(HOLDS, this.voice.say('is_key', { station: this.voice.station(machine) }));
    const box = machines.findIndex((item) => item.closing !== null && item.closing.digest === hex);
    if (box >= 0) return this.answer(HOLDS, this.voice.say('is_box', { station: this.voice.station(box) }));
    const path = Object.keys(files).find((file) => files[file] === hex);
    if (path) return this.answer(HOLDS, this.voice.say('is_file', { path }));
    return this.answer(REFUSED, this.voice.say('is_nothing', {}));
  }
}
