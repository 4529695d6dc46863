// CBOR as statements use it (keys/election/cbor.py): one form for each value, and few kinds of values.
// What is decoded is encoded again and compared, so that no two texts say the same.

const MAX_DEPTH = 16;
const MAX_PAIRS = 64;

class Tagged {
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

class Malformed extends Error {}

function cborHead(major, number) {
  const first = major << 5;
  if (number < 24) return Uint8Array.of(first | number);
  for (const [info, size] of [[24, 1], [25, 2], [26, 4], [27, 8]]) {
    if (size === 8 || number < 2 ** (8 * size)) return joined([Uint8Array.of(first | info), numberBytes(number, size)]);
  }
  return null;
}

function compareEncoded(one, other) {
  if (one.length !== other.length) return one.length - other.length;
  for (let at = 0; at < one.length; at += 1) {
    if (one[at] !== other[at]) return one[at] - other[at];
  }
  return 0;
}

function cborEncode(value) {
  if (value === false) return Uint8Array.of(0xf4);
  if (value === true) return Uint8Array.of(0xf5);
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (value instanceof Uint8Array) return joined([cborHead(2, value.length), value]);
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    return joined([cborHead(3, text.length), text]);
  }
  if (Array.isArray(value)) return joined([cborHead(4, value.length), ...value.map(cborEncode)]);
  if (value instanceof Map) {
    const pairs = Array.from(value, ([key, item]) => [cborEncode(key), cborEncode(item)]);
    pairs.sort((one, other) => compareEncoded(one[0], other[0]));
    return joined([cborHead(5, pairs.length), ...pairs.flat()]);
  }
  return joined([cborHead(6, value.tag), cborEncode(value.value)]);
}

class CborReader {
  constructor(data) {
    this.data = data;
    this.at = 0;
  }

  take(size) {
    if (size > this.data.length - this.at) throw new Malformed('cut off');
    this.at += size;
    return this.data.subarray(this.at - size, this.at);
  }

  argument(info) {
    if (info < 24) return info;
    if (info > 27) throw new Malformed('a length that is not stated');
    const number = this.take(1 << (info - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    if (!Number.isSafeInteger(number)) throw new Malformed('a number that is too large');
    return number;
  }

  item(depth) {
    if (depth > MAX_DEPTH) throw new Malformed('nested too deeply');
    const first = this.take(1)[0];
    if (first >> 5 === 7) return this.constant(first);
    const number = this.argument(first & 31);
    switch (first >> 5) {
      case 0: return number;
      case 1: return -1 - number;
      case 2: return this.take(number).slice();
      case 3: return this.text(number);
      case 4: return this.list(number, depth);
      case 5: return this.map(number, depth);
      default:
        if (number !== 18 || depth) throw new Malformed('a tag');
        return new Tagged(number, this.item(depth + 1));
    }
  }

  constant(first) {
    const known = { 0xf4: false, 0xf5: true, 0xf6: null };
    if (!(first in known)) throw new Malformed('a float, or a constant that is not used');
    return known[first];
  }

  text(size) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(size));
    } catch (error) {
      throw new Malformed('a text that is not UTF-8');
    }
  }

  list(size, depth) {
    if (size > this.data.length - this.at) throw new Malformed('cut off');
    return Array.from({ length: size }, () => this.item(depth + 1));
  }

  map(pairs, depth) {
    if (pairs > MAX_PAIRS) throw new Malformed('a map with too many entries');
    const found = new Map();
    for (let pair = 0; pair < pairs; pair += 1) {
      const key = this.item(depth + 1);
      if (typeof key !== 'number' && typeof key !== 'string') throw new Malformed('a map by something else');
      if (found.has(key)) throw new Malformed('an entry twice');
      found.set(key, this.item(depth + 1));
    }
    return found;
  }
}

// The one item that fills the data, in its only form.
function cborDecode(data) {
  const reader = new CborReader(data);
  const value = reader.item(0);
  if (reader.at !== data.length || !sameBytes(cborEncode(value), data)) throw new Malformed('not in its only form');
  return value;
}
