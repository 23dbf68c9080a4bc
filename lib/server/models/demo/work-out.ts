/** A sum with its result. */
export interface Sum {
  /** As it was written, without what surrounds it. */
  sum: string;
  value: string;
}

/** Words around a sum that ask for its result. */
const BEFORE = /^(?:what(?:’|'| i)?s|how much is|calculate|compute|请?计算(?:一下)?|请问)\s*/iu;
const AFTER = /\s*(?:=|是多少|等于多少|等于几|等于|是几|得几|呢|equals|equal)*[\s=?？。.!！]*$/iu;
const SUM = /^[\d\s.,+\-−*×·/÷()（）^]+$/u;
/** A sign between two numbers or brackets. */
const SIGN = /\d\s*[-+−*×·/÷^]\s*[\d(（]|[)）]\s*[-+−*×·/÷^]/u;
/** A date or a telephone number. */
const NO_SUM = /^\d+(?:-\d+){2,}$|^\d{1,4}\/\d{1,2}\/\d{1,4}$/;
const LONGEST = 60;

/** The result of a message that is nothing but a sum, such as `1+1` or `3 × (2 − 5) = ?`; null for any other message. */
export function workOut(message: string): Sum | null {
  const sum = message.trim().replace(BEFORE, '').replace(AFTER, '').trim();
  if (sum.length > LONGEST || !SUM.test(sum) || !SIGN.test(sum) || NO_SUM.test(sum)) return null;
  const tokens = plain(sum).match(/\d+(?:\.\d+)?|[-+*/^()]/g) ?? [];
  if (tokens.join('') !== plain(sum)) return null;
  const reader = { tokens, at: 0 };
  const value = readSum(reader);
  if (reader.at < tokens.length || !Number.isFinite(value)) return null;
  return { sum, value: String(Number(value.toPrecision(12))).replace('-', '−') };
}

const plain = (sum: string): string =>
  sum
    .replace(/\s|,(?=\d{3}(?!\d))/g, '')
    .replace(/−/g, '-')
    .replace(/[×·]/g, '*')
    .replace(/÷/g, '/')
    .replace(/（/g, '(')
    .replace(/）/g, ')');

interface Reader {
  tokens: readonly string[];
  at: number;
}

/** Takes the next token if it is one of these. */
function take(reader: Reader, wanted: string): string | null {
  const token = reader.tokens[reader.at];
  if (token === undefined || !wanted.includes(token)) return null;
  reader.at += 1;
  return token;
}

function readSum(reader: Reader): number {
  let value = readProduct(reader);
  for (let sign = take(reader, '+-'); sign; sign = take(reader, '+-')) {
    const next = readProduct(reader);
    value = sign === '+' ? value + next : value - next;
  }
  return value;
}

function readProduct(reader: Reader): number {
  let value = readPower(reader);
  for (let sign = take(reader, '*/'); sign; sign = take(reader, '*/')) {
    const next = readPower(reader);
    value = sign === '*' ? value * next : value / next;
  }
  return value;
}

/** NaN where a number is missing. */
function readPower(reader: Reader): number {
  if (take(reader, '-')) return -readPower(reader);
  const base = readNumber(reader);
  return take(reader, '^') ? base ** readPower(reader) : base;
}

function readNumber(reader: Reader): number {
  if (take(reader, '(')) {
    const value = readSum(reader);
    return take(reader, ')') ? value : Number.NaN;
  }
  const token = reader.tokens[reader.at] ?? '';
  reader.at += 1;
  return /^\d/.test(token) ? Number(token) : Number.NaN;
}
