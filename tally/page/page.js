// The page itself: languages, the form, the answers. Texts reach it as text only.

const MAX_TEXT = 200000;

async function answersTo(text, data, lists, voice) {
  const unreadable = (error) => ({
    state: REFUSED,
    sentence: voice.say(error.why === 'missing' ? 'incomplete' : error.why, error.details),
    reasons: [],
  });
  if (!globalThis.crypto || !crypto.subtle) {
    return [{ state: UNCHECKED, sentence: voice.say('no_crypto', {}), reasons: [] }];
  }
  let codes;
  try {
    codes = await readCodes(text.slice(0, MAX_TEXT), data.layouts);
  } catch (error) {
    return [unreadable(asUnreadable(error))];
  }
  if (!codes.length) {
    const typed = await new LookUp(data, lists, voice).typed(text.slice(0, MAX_TEXT));
    return [typed || unreadable(new Unreadable('no_code'))];
  }
  return Promise.all(codes.map((code) => (
    code instanceof Unreadable ? unreadable(code) : new Judge(data, lists, voice).statement(code)
  )));
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function drawAnswer(answer, voice) {
  const box = element('div', `answer ${answer.state}`);
  const sentence = element('p', 'sentence');
  sentence.append(element('strong', 'state', voice.say(answer.label || answer.state)), ` ${answer.sentence}`);
  box.append(sentence);
  if (answer.reasons.length) {
    const list = element('ul', 'reasons');
    for (const reason of answer.reasons) list.append(element('li', '', reason));
    box.append(list);
  }
  return box;
}

class Page {
  constructor(root) {
    this.data = JSON.parse(document.getElementById('data').textContent);
    this.editions = Array.from(root.querySelectorAll('.edition'));
    this.switches = Array.from(document.querySelectorAll('.languages a'));
    this.lists = null;
    this.asked = '';
  }

  start() {
    for (const edition of this.editions) {
      edition.querySelector('.needs-script').hidden = true;
      const form = edition.querySelector('form');
      form.hidden = false;
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        this.ask(edition);
      });
      edition.querySelector('textarea').addEventListener('keydown', (event) => this.onKey(event, form));
    }
    for (const link of this.switches) {
      link.addEventListener('click', (event) => {
        event.preventDefault();
        this.show(link.lang, true);
      });
    }
    window.addEventListener('beforeprint', () => this.openDetails());
    const wanted = (navigator.languages || []).map((code) => code.slice(0, 2));
    const known = this.editions.map((edition) => edition.lang);
    const fromLink = known.find((code) => location.hash === `#${code}`);
    this.show(fromLink || wanted.find((code) => known.includes(code)) || known[0], false);
  }

  show(language, chosen) {
    const before = this.editions.find((edition) => !edition.hidden && edition.lang !== language);
    for (const edition of this.editions) edition.hidden = edition.lang !== language;
    for (const link of this.switches) {
      if (link.lang === language) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    document.documentElement.lang = language;
    const shown = this.editions.find((edition) => edition.lang === language);
    document.title = shown.dataset.title;
    document.querySelector('.skip').href = `#main-${language}`;
    if (chosen && before) {
      shown.querySelector('textarea').value = before.querySelector('textarea').value;
      if (this.asked) this.ask(shown);
    }
  }

  // Enter checks, as at the end of a scan; after a square code the line is broken too, so that the next may follow.
  onKey(event, form) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    if (!/^\s*iso/i.test(event.target.value)) event.preventDefault();
    form.requestSubmit();
  }

  async ask(edition) {
    const text = edition.querySelector('textarea').value;
    const voice = new Voice(edition.lang, this.data);
    const output = edition.querySelector('.answers');
    output.replaceChildren(element('p', 'waiting', voice.say('checking', {})));
    this.asked = text;
    if (this.lists === null) this.lists = new Lists(this.data);
    let answers;
    try {
      answers = await answersTo(text, this.data, this.lists, voice);
    } catch (error) {
      answers = [{ state: UNCHECKED, sentence: voice.say('failed', {}), reasons: [] }];
    }
    output.replaceChildren(...answers.map((answer) => drawAnswer(answer, voice)));
  }

  openDetails() {
    for (const details of document.querySelectorAll('details')) details.open = true;
  }
}

new Page(document).start();
