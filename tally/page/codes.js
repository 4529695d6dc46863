// Codes: a statement as text (keys/paper/codes.py), also as a scanner types it on another keyboard
// (keys/paper/keyboard.py; the layouts come with the data).

const WHOLE = 1;
const DEFLATED = 2;
const PART = 3;
const MAX_BODY = 617;
const MAX_DATA = 32768;
const MAX_DIGITS = 1487;
const HEAD = 11;
const SLICE = MAX_BODY + 1 - HEAD;
const MAX_PARTS = Math.ceil((MAX_DATA + 1) / SLICE);
const PART_TAG = new TextEncoder().encode('isoloir code part 1\0');

// Why a text cannot be read: 'no_code', 'damaged', 'newer' or 'missing' (with parts and total).
class Unreadable extends Error {
  constructor(why, details) {
    super(why);
    this.why = why;
    this.details = details || {};
  }
}

function undoLayout(text, layouts) {
  const typed = text.replace(/\s/g, '').slice(3);
  for (const signs of Object.values(layouts)) {
    const places = Array.from(typed, (sign) => signs.indexOf(sign));
    if (typed && places.every((place) => place >= 0)) return places.join('');
  }
  throw new Unreadable('no_code');
}

// The numbers of all codes in a text that was typed, pasted or scanned, each with its leading 1 of ISO1.
function findCodes(text, layouts) {
  const escaped = (signs) => Array.from(new Set(signs)).join('').replace(/[\\\]^-]/g, '\\$&');
  const signs = escaped(Object.values(layouts).join(''));
  const ones = escaped(Object.values(layouts).map((layout) => layout[1]).join(''));
  const lowered = text.normalize('NFC').toLowerCase();
  const start = new RegExp(`(?<![a-z])iso\\s*(?=[${ones}])`, 'g');
  const continued = new RegExp(`^\\s*[${signs}][${signs}\\s]*$`);
  const places = Array.from(lowered.matchAll(start), (match) => match.index);
  return places.map((from, at) => {
    const lines = lowered.slice(from, places[at + 1]).split(/\r\n|\r|\n/);
    const end = lines.findIndex((line, number) => number > 0 && !continued.test(line));
    return undoLayout((end < 0 ? lines : lines.slice(0, end)).join(''), layouts);
  });
}

// Kind and body of a code, from its digits with the 1 of ISO1 before them.
function codeBytes(typed) {
  const digits = typed.slice(1);
  if (typed[0] !== '1' || !/^[1-9][0-9]*$/.test(digits)) throw new Unreadable('no_code');
  if (digits.length > MAX_DIGITS) throw new Unreadable('damaged');
  const hex = BigInt(digits).toString(16);
  const raw = fromHex(hex.length % 2 ? `0${hex}` : hex);
  if (raw[0] < WHOLE || raw[0] > PART) throw new Unreadable(raw[0] >= 5 && raw[0] <= 204 ? 'damaged' : 'newer');
  if (raw.length === 1) throw new Unreadable('damaged');
  return raw;
}

async function inflated(body) {
  const packed = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = packed.getReader();
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    size += value.length;
    if (size > MAX_DATA) {
      await reader.cancel();
      throw new Unreadable('damaged');
    }
    parts.push(value);
  }
}

async function unpack(whole) {
  const body = whole.slice(1);
  if (whole[0] === WHOLE) return body;
  if (whole[0] !== DEFLATED) throw new Unreadable('newer');
  let data;
  try {
    data = await inflated(body);
  } catch (error) {
    throw new Unreadable('damaged');
  }
  if (data.length <= body.length) throw new Unreadable('damaged');
  return data;
}

// Slices of equal length, some a byte longer where it does not come out even.
function slices(whole) {
  if (whole.length <= MAX_BODY + 1) return [whole];
  const count = Math.ceil(whole.length / SLICE);
  const ends = Array.from({ length: count + 1 }, (_, number) => Math.ceil((whole.length * number) / count));
  return ends.slice(1).map((end, at) => whole.slice(ends[at], end));
}

function readPart(raw) {
  const [index, count] = [raw[9], raw[10]];
  if (raw.length <= HEAD || count < 2 || count > MAX_PARTS || index < 1 || index > count) throw new Unreadable('damaged');
  return { name: toHex(raw.slice(1, 9)), index, count, content: raw.slice(HEAD) };
}

async function assembled(parts) {
  const { count, name } = parts[0];
  const byIndex = new Map();
  for (const part of parts) {
    const before = byIndex.get(part.index);
    if (part.count !== count || (before && !sameBytes(before.content, part.content))) throw new Unreadable('damaged');
    byIndex.set(part.index, part);
  }
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  const missing = numbers.filter((index) => !byIndex.has(index));
  if (missing.length) throw new Unreadable('missing', { parts: missing.join(', '), total: count });
  const contents = numbers.map((index) => byIndex.get(index).content);
  const whole = joined(contents);
  const digest = (await sha256(joined([PART_TAG, whole]))).slice(0, 8);
  const again = slices(whole);
  const cut = again.length === count && again.every((slice, at) => sameBytes(slice, contents[at]));
  if (toHex(digest) !== name || !cut) throw new Unreadable('damaged');
  return unpack(whole);
}

// What the codes of a text carry: a list of bytes, or of Unreadable. Parts of one code may stand in any order.
async function readCodes(text, layouts) {
  const found = [];
  const parts = new Map();
  for (const typed of findCodes(text, layouts)) {
    try {
      const raw = codeBytes(typed);
      if (raw[0] === PART) {
        const part = readPart(raw);
        parts.set(part.name, [...(parts.get(part.name) || []), part]);
      } else {
        found.push(await unpack(raw));
      }
    } catch (error) {
      found.push(asUnreadable(error));
    }
  }
  for (const group of parts.values()) found.push(await assembled(group).catch(asUnreadable));
  return found;
}

function asUnreadable(error) {
  if (error instanceof Unreadable) return error;
  throw error;
}
