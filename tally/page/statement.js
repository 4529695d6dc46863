// Statements: COSE_Sign1 in its only form (keys/election/statement.py), and the Ed25519 signature under it.

const ABOUT = -65537;
const ROLES = { authority: 0, machine: 1, trustee: 2, board: 3 };
const REHEARSAL = 1;
// Names of the types by number, and who signs each with a key of the manifest (keys/election/header.py).
const TYPES = [
  '', 'draft', 'enrolment', 'trustee', 'board_member', 'manifest', 'confirmation', 'zero', 'pause', 'reopening',
  'closing', 'receipt', 'challenge', 'request', 'decision', 'decryption', 'result', 'paper_count', 'publication',
  'package', 'ceremony', 'marks', 'interrupted', 'shuffle', 'destruction_order', 'destruction_report',
];
const SIGNERS = {
  confirmation: [1, 2], zero: [1], pause: [1], reopening: [1], closing: [1], receipt: [1], challenge: [1],
  request: [0], decision: [0, 3], decryption: [2], result: [0, 3], paper_count: [0], publication: [0], package: [0],
  marks: [1], draft: [0], enrolment: [1], trustee: [2], board_member: [3], manifest: [0], ceremony: [2],
  interrupted: [1], shuffle: [2], destruction_order: [0], destruction_report: [0, 1],
};
const BRINGS_KEY = new Set(['draft', 'enrolment', 'trustee', 'board_member', 'manifest', 'ceremony']);

function readHeader(bytes) {
  const header = cborDecode(bytes);
  const about = header instanceof Map && header.size === 2 && header.get(1) === -8 ? header.get(ABOUT) : null;
  if (!Array.isArray(about) || about.length !== 5) throw new Malformed('header');
  const [type, mode, context, role, signer] = about;
  const name = TYPES[type];
  if (!name || ![0, 1].includes(mode) || !(SIGNERS[name] || []).includes(role)) throw new Malformed('header');
  if (!(context instanceof Uint8Array) || context.length !== 32) throw new Malformed('header');
  const numbered = !BRINGS_KEY.has(name) && role !== ROLES.authority;
  const sound = numbered ? Number.isInteger(signer) && signer >= 0 && signer < 65536 : signer === null;
  if (!sound) throw new Malformed('header');
  return { type, name, mode, context, role, signer };
}

// A statement that is well formed; nobody has checked its signature yet.
function readStatement(raw) {
  const outer = cborDecode(raw);
  if (!(outer instanceof Tagged) || !Array.isArray(outer.value) || outer.value.length !== 4) throw new Malformed('parts');
  const [protectedHeader, unprotected, payload, signature] = outer.value;
  const bytes = [protectedHeader, payload, signature].every((part) => part instanceof Uint8Array);
  if (!bytes || !(unprotected instanceof Map) || unprotected.size || signature.length !== 64) throw new Malformed('parts');
  return { raw, header: readHeader(protectedHeader), protectedHeader, payload, signature };
}

function fingerprintOf(statement) {
  const { type, mode, context } = statement.header;
  return tagged('isoloir statement', Uint8Array.of(type, mode), context, statement.payload);
}

async function isSignedBy(statement, key) {
  const signed = cborEncode(['Signature1', statement.protectedHeader, new Uint8Array(), statement.payload]);
  const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
  return crypto.subtle.verify({ name: 'Ed25519' }, imported, statement.signature, signed);
}

// Whether this browser can check signatures at all.
async function canVerify() {
  try {
    const key = fromHex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
    const [signature] = [fromHex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b'
      + 'd25bf5f0595bbe24655141438e7a100b',
    )]; // RFC 8032, section 7.1, test 1: the empty message
    const imported = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, new Uint8Array());
  } catch (error) {
    return false;
  }
}
