// Bytes, digests, and the letters that people read. Nothing here knows what a vote is.

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function sameBytes(one, other) {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function startsWith(bytes, head) {
  return bytes.length >= head.length && head.every((byte, at) => byte === bytes[at]);
}

// A whole number in a fixed number of bytes, high bits first.
function numberBytes(number, size) {
  const bytes = new Uint8Array(size);
  for (let at = size - 1; at >= 0; at -= 1) {
    bytes[at] = number % 256;
    number = Math.floor(number / 256);
  }
  return bytes;
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

// As keys.crypto.transcript.tagged: the tag and every part, each preceded by its length in 8 bytes.
function tagged(tag, ...parts) {
  const framed = [new TextEncoder().encode(tag), ...parts].flatMap((part) => [numberBytes(part.length, 8), part]);
  return sha256(joined(framed));
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BETWEEN_GROUPS = /[\s\u00a0\u202f\-\u2010\u2011\u2012\u2013\u2014]/g;

// Characters of a typed code in their one form, or null where one is outside the alphabet.
function cleanCode(text) {
  const letters = text.replace(BETWEEN_GROUPS, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(letters) ? letters : null;
}

function crockford(bytes) {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) || []).map((five) => CROCKFORD[parseInt(five.padEnd(5, '0'), 2)]).join('');
}

// The inverse of crockford for a number of bytes, or null.
function fromCrockford(letters, size) {
  const bits = Array.from(letters, (letter) => CROCKFORD.indexOf(letter).toString(2).padStart(5, '0')).join('');
  if (letters.length !== Math.ceil((8 * size) / 5) || bits.slice(8 * size).includes('1')) return null;
  return Uint8Array.from(bits.slice(0, 8 * size).match(/.{8}/g), (eight) => parseInt(eight, 2));
}

function grouped(text, separator) {
  return text.match(/.{1,4}/g).join(separator);
}

const shortCode = (digest) => grouped(crockford(digest.slice(0, 5)), ' - ');
const checkCode = (commitment) => grouped(crockford(commitment.slice(0, 10)), ' ');
const fingerprintText = (digest) => grouped(crockford(digest), ' ');
