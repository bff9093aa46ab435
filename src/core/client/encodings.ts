import { bytesOf } from './escapes.ts';

/** A text that may stand encoded in another, and from where to where a part of it is there. */
export type Hidden = { text: string; place(from: number, to: number): [from: number, to: number] };

type Encoding = {
  /** Characters that carry something, by their code. */
  carries: Uint8Array;
  /** Characters that may stand between those. */
  idle: Uint8Array;
  /** Whether so many of them still join what is before to what is behind; `breaks`: a new line begins there. */
  joins(idle: number, breaks: boolean): boolean;
  /** Encoded characters for each byte. */
  width: number;
  /** True for a text in which a run may be in several pieces. */
  isBroken(text: string): boolean;
  /** At how many places of a run the first byte may begin. */
  begins: number;
  form: 'base64' | 'hex';
};

const tableOf = (chars: string): Uint8Array => {
  const table = new Uint8Array(128);
  for (const char of chars) table[char.charCodeAt(0)] = 1;
  return table;
};

const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyz';

const encodings: readonly Encoding[] = [
  {
    // Both alphabets of base64, in one line or several.
    carries: tableOf(`${letters}${letters.toUpperCase()}${digits}+/-_`),
    idle: tableOf(' \t\r\n'),
    joins: (_, breaks) => breaks,
    isBroken: (text) => text.includes('\n') || text.includes('\r'),
    width: 4 / 3,
    begins: 4,
    form: 'base64',
  },
  {
    // In either case, with or without something between the bytes.
    carries: tableOf(`${digits}abcdefABCDEF`),
    idle: tableOf(' \t\r\n:,-'),
    joins: (idle) => idle <= 3,
    isBroken: (text) => /[\r\n]|[\s:,-][\da-f]{2}(?:[\s:,-]{1,3}[\da-f]{2}){4}/i.test(text),
    width: 2,
    begins: 2,
    form: 'hex',
  },
];

/** From a first character that carries something up to behind the last, with how many there are. */
type Run = { from: number; to: number; carrying: number };

function* runsIn(text: string, { carries, idle, joins }: Encoding, least: number): Generator<Run> {
  for (let at = 0; at < text.length; ) {
    if (!carries[text.charCodeAt(at)]) {
      at += 1;
      continue;
    }
    const run: Run = { from: at, to: at, carrying: 0 };
    for (;;) {
      while (carries[text.charCodeAt(at)]) at += 1;
      run.carrying += at - Math.max(run.to, run.from);
      run.to = at;
      let breaks = false;
      for (let code = text.charCodeAt(at); idle[code]; code = text.charCodeAt(at)) {
        breaks ||= code === 10 || code === 13;
        at += 1;
      }
      if (at === run.to || !joins(at - run.to, breaks) || !carries[text.charCodeAt(at)]) break;
      run.carrying -= at - run.to;
    }
    if (run.carrying >= least) yield run;
  }
}

/** Runs in one piece, `least` signs or more: whoever looks for long words need not look at every sign. */
function* wordsIn(text: string, { carries }: Encoding, least: number): Generator<Run> {
  for (let from = 0; from + least <= text.length; ) {
    let to = from + least;
    while (to > from && carries[text.charCodeAt(to - 1)]) to -= 1;
    if (to > from) {
      from = to;
      continue;
    }
    for (to = from + least; carries[text.charCodeAt(to)]; ) to += 1;
    yield { from, to, carrying: to - from };
    from = to + 1;
  }
}

/** Where the characters of a run are that carry something; null when all do. */
const placesOf = (text: string, { from, to, carrying }: Run, carries: Uint8Array): Uint32Array | null => {
  if (carrying === to - from) return null;
  const places = new Uint32Array(carrying);
  let length = 0;
  for (let at = from; at < to; at += 1)
    if (carries[text.charCodeAt(at)]) {
      places[length] = at;
      length += 1;
    }
  return places;
};

/** UTF-16 with something in it that has to be undone: a few signs of ASCII, or what begins an escape. */
const isWide = /(?:[^\0]\0){3}|[\\%&]\0/;

/** UTF-16 as bytes of UTF-8, and the unit that each of them comes from. */
const fromWide = (wide: Buffer): [bytes: string, units: number[]] => {
  const parts: string[] = [];
  const units: number[] = [];
  let unit = 0;
  for (const char of wide.toString('utf16le')) {
    const bytes = bytesOf(char);
    parts.push(bytes);
    for (let at = 0; at < bytes.length; at += 1) units.push(unit);
    unit += char.length;
  }
  return [parts.join(''), units];
};

/**
 * All that can be decoded of base64 and hexadecimal in a text and comes to `least` bytes or more, as characters of one byte.
 * Takes time by the length of the text.
 */
export function* hiddenIn(text: string, least: number): Generator<Hidden> {
  for (const encoding of encodings) {
    const { width, begins, form, isBroken } = encoding;
    const runs = isBroken(text) ? runsIn : wordsIn;
    for (const run of runs(text, encoding, Math.floor(least * width))) {
      const places = placesOf(text, run, encoding.carries);
      const bare = places
        ? Array.from(places, (at) => text.charAt(at)).join('')
        : text.slice(run.from, run.to);
      const placeOf = (at: number) => places?.[at] ?? run.from + at;
      for (let begin = 0; begin < begins; begin += 1) {
        const decoded = Buffer.from(bare.slice(begin), form);
        const text = decoded.toString('latin1');
        const hidden = (bytes: string, step: number, unitOf = (at: number) => at): Hidden => ({
          text: bytes,
          // Up to behind the last character, not to the next one: a new line may begin between them.
          place: (from, to) => [
            placeOf(begin + Math.floor(unitOf(from) * step * width)),
            placeOf(Math.min(bare.length, begin + Math.ceil((unitOf(to - 1) + 1) * step * width)) - 1) + 1,
          ],
        });
        yield hidden(text, 1);
        // UTF-16, in which every other byte of what can be written in ASCII is none.
        if (!isWide.test(text)) continue;
        const [bytes, units] = fromWide(decoded);
        yield hidden(bytes, 2, (at) => units[at] ?? 0);
      }
    }
  }
}
