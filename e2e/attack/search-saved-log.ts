import { existsSync, readFileSync } from 'node:fs';
import { Secrets } from './secrets';

export interface Found {
  kind: string;
  /** From 1. */
  number: number;
  line: string;
}

/** The forms of secrets and of people’s text, for the log of a run whose secrets are unknown. */
const FORMS: readonly [kind: string, form: RegExp][] = [
  ['a key of a provider', /\bsk-[\w-]{8,}/],
  ['an authorization', /\b(bearer|basic)\s+(?!\[redacted\])[\w.~+/=-]{8,}/i],
  ['a cookie', /\b(__Host-)?confab_(guest|access|account|sign_in|admin)(_\w+)?=(?!\[redacted\])[^\s;"]{8,}/],
  ['the value of a guest cookie', /\b[\w-]{22}\.[\w-]{22}\.\d{10,15}\.[\w-]{43}/],
  ['the value of an access cookie', /\b\d{13}\.[\w-]{43}\b/],
  ['a token of a sign-in', /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/],
  ['a password in an address', /:\/\/[^/\s@":]*:(?!\[redacted\])[^/\s@"]+@/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** For lines of the log only: in other lines of the output, tests may print such things. */
const LOG_FORMS: readonly [kind: string, form: RegExp][] = [
  // Ids of sessions and turns are UUIDs of version 7; that of a request is one of version 4.
  ['an id of a session or a turn', /\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/],
  ['a text', /"(content|text|prompt|messages?|reply|reasoning|title|preview)":"(?!\[redacted\])[^"]/],
];

/** Searches a log for the forms of secrets, and for known secrets. */
export function searchLog(log: string, secrets = new Secrets()): Found[] {
  return log.split('\n').flatMap((line, index) => {
    const forms = line.includes('{"level":') ? [...FORMS, ...LOG_FORMS] : FORMS;
    const kinds = forms.filter(([, form]) => form.test(line)).map(([kind]) => kind);
    const known = secrets.in(line).map(({ kind }) => kind);
    return [...kinds, ...known].map((kind) => ({ kind, number: index + 1, line: line.slice(0, 300) }));
  });
}

/** A line of each kind, which the search has to find in order to prove anything. */
const PLANTED: Record<string, string> = {
  'a key of a provider': '{"level":"warn","reason":"key sk-0123456789abcdef is wrong"}',
  'an authorization': '{"level":"warn","reason":"Bearer 0123456789abcdef"}',
  'a cookie': `confab_guest_01234567=${'a'.repeat(20)}`,
  'the value of a guest cookie': `${'a'.repeat(22)}.${'b'.repeat(22)}.1700000000000.${'c'.repeat(43)}`,
  'the value of an access cookie': ` 1700000000000.${'c'.repeat(43)} `,
  'a token of a sign-in': 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl',
  'a password in an address': 'redis://default:0123456789@127.0.0.1:6379',
  'a private key': '-----BEGIN RSA PRIVATE KEY-----',
  'an id of a session or a turn':
    '{"level":"info","path":"/api/chat/sessions/0191e0a0-0000-7000-8000-000000000000"}',
  'a text': '{"level":"info","content":"hello"}',
};

/** The kinds of planted secrets that the search does not find. */
export const notFound = (): string[] =>
  Object.entries(PLANTED)
    .filter(([kind, line]) => !searchLog(line).some((found) => found.kind === kind))
    .map(([kind]) => kind);

/** The secrets that a run saved beside its log (`SERVER_LOG`), and those of this environment. */
function knownSecrets(file: string): Secrets {
  const secrets = new Secrets();
  for (const [name, value = ''] of Object.entries(process.env))
    if (/(_KEY|_TOKEN|_SECRET|ACCESS_CODE)$/.test(name)) secrets.add(name, value);
  if (!existsSync(`${file}.secrets`)) return secrets;
  for (const line of readFileSync(`${file}.secrets`, 'utf8').split('\n').filter(Boolean)) {
    const { kind, value } = JSON.parse(line) as { kind: string; value: string };
    secrets.add(kind, value);
  }
  return secrets;
}

/** `npm run attack -- logs FILE…`: prints what it finds, and returns whether it found nothing. */
export function searchFiles(files: readonly string[]): boolean {
  const missing = notFound();
  let count = missing.length;
  for (const kind of missing) console.log(`The search does not find ${kind}.`);
  for (const file of files) {
    const log = readFileSync(file, 'utf8');
    const secrets = knownSecrets(file);
    const found = searchLog(log, secrets);
    for (const { kind, number, line } of found) console.log(`${file}:${number}: ${kind}: ${line}`);
    const lines = log.split('\n').filter((line) => line.includes('{"level":')).length;
    console.log(
      `${file}: ${log.split('\n').length} lines, ${lines} of them of the log; ${secrets.size} known secrets and ${Object.keys(PLANTED).length} forms: ${found.length} found`,
    );
    count += found.length;
    if (lines > 0) continue;
    console.log(`${file} has no line of a log, so that nothing was proven.`);
    count += 1;
  }
  console.log(count === 0 ? '1 passed, 0 failed' : '0 passed, 1 failed');
  return count === 0;
}
