import type { AppServer } from '../../support/servers/app-server';
import { ForgingProvider, type IdToken } from '../../support/servers/forging-provider';
import { type OidcServer, startOidcServer, visitProvider } from '../../support/servers/oidc-server';
import { type Attack, every, finding } from '../attack';
import { type AttackLab, CHAT_HOST } from '../attack-lab';
import type { Visitor } from '../visitor';

/** Signing in at an OIDC provider: a real one, and one that forges tokens. */
export const accounts: Attack[] = [
  {
    row: 'OIDC',
    attempt:
      'A browser is led to the answer to somebody else’s sign-in: without one of its own, with its own state, a forged one, none',
    expected: 'not signed in, back to the access page',
    control: 'the browser that began it is signed in by the same address',
    run: foreignState,
  },
  {
    row: 'OIDC',
    attempt:
      'A sibling subdomain adds its own sign-in, or its own account, to the cookies of a browser: on http and on https',
    expected: 'not signed in as the other person',
    control: 'the same values under the names that the server gave them sign in',
    run: tossSignIn,
  },
  {
    row: 'OIDC',
    attempt: 'Open redirect after the sign-in: the address that was wanted is on another site',
    expected: 'leads to the front page',
    control: 'an address of the page is kept',
    run: openRedirect,
  },
  {
    row: 'OIDC',
    attempt: 'A code is used again, with the same cookies and with those of another sign-in',
    expected: 'refused',
    control: 'the first use signs in',
    run: replayCode,
  },
  {
    row: 'OIDC',
    attempt: 'Id tokens of another audience, issuer, nonce, time, key or algorithm',
    expected: 'not signed in',
    control: 'the same token as it should be signs in',
    run: forgeTokens,
  },
];

interface SignInLab {
  lab: AttackLab;
  app: AppServer;
  oidc: OidcServer;
  /** The address of the product, as the browser knows it. */
  site: string;
  visitor: () => Visitor;
}

/** The product with a real provider, under the host name that is registered there. */
async function withProvider<T>(
  lab: AttackLab,
  work: (sign: SignInLab) => Promise<T>,
  scheme: 'http' | 'https' = 'http',
): Promise<T> {
  const site = `${scheme}://${CHAT_HOST}`;
  const oidc = await startOidcServer(`${site}/api/access/oidc/callback`);
  try {
    const https = scheme === 'https';
    const app = await lab.app({ ...oidc.settings, ...(https && { TRUST_PROXY: '1' }) });
    const headers = { host: CHAT_HOST, ...(https && { 'x-forwarded-proto': 'https' }) };
    return await work({ lab, app, oidc, site, visitor: () => lab.stranger(app, { ...headers }) });
  } finally {
    await oidc.close();
  }
}

/** Signs in at the provider. Returns the address that the provider leads back to. */
async function comeBack(visitor: Visitor, site: string, next = '/'): Promise<string> {
  const begun = await visitor.ask(`/api/access/oidc?next=${encodeURIComponent(next)}`);
  const back = await visitProvider(String(begun.headers.location), site);
  return back.pathname + back.search;
}

const isSignedIn = async (visitor: Visitor): Promise<boolean> =>
  (await visitor.ask('/api/chat/sessions')).status === 200;

/** Where the provider's answer leads, and whether this browser is then signed in. */
async function finish(visitor: Visitor, path: string) {
  const { status, headers } = await visitor.ask(path);
  return { location: String(headers.location ?? status), isSignedIn: await isSignedIn(visitor) };
}

const refused = ({ location, isSignedIn }: Awaited<ReturnType<typeof finish>>) =>
  finding(!isSignedIn && location === '/access?failed=1', `${location}${isSignedIn ? ', signed in' : ''}`);

function foreignState(lab: AttackLab) {
  return withProvider(lab, async ({ oidc, site, visitor }) => {
    oidc.person = 'attacker';
    const attacker = visitor();
    const path = await comeBack(attacker, site);
    const begun = async () => {
      const victim = visitor();
      await victim.ask('/api/access/oidc');
      return victim;
    };
    const attempts = [
      { of: 'no sign-in of its own', ...refused(await finish(visitor(), path)) },
      { of: 'its own state', ...refused(await finish(await begun(), path)) },
      {
        of: 'a forged state',
        ...refused(await finish(await begun(), path.replace(/state=[^&]*/, 'state=x'))),
      },
      { of: 'no state', ...refused(await finish(await begun(), path.replace(/&?state=[^&]*/, ''))) },
      { of: 'two states', ...refused(await finish(await begun(), `${path}&state=x`)) },
      { of: 'another issuer', ...refused(await finish(await begun(), `${path}&iss=http%3A%2F%2Fevil.test`)) },
    ];
    const own = await finish(attacker, path);
    return {
      attempt: every(attempts, `${attempts.length} refused`),
      control: finding(own.isSignedIn && own.location === '/', own.location),
    };
  });
}

async function tossSignIn(lab: AttackLab) {
  const attempts: Parameters<typeof every>[0][number][] = [];
  const controls: typeof attempts = [];
  for (const scheme of ['http', 'https'] as const)
    await withProvider(
      lab,
      async ({ oidc, site, visitor }) => {
        oidc.person = 'attacker';
        const attacker = visitor();
        /** What a sibling can set: any cookie without the prefix. */
        const toss = (victim: Visitor, suffix = '') => {
          for (const [name, value] of attacker.cookies) {
            const plain = name.replace('__Host-', '');
            // A second cookie of a name, which a map of names cannot hold.
            victim.headers.cookie = `${victim.cookie}; ${plain}${suffix}=${value}`;
          }
        };
        const path = await comeBack(attacker, site);
        const during = visitor();
        await during.ask('/api/access/oidc');
        toss(during);
        attempts.push({ of: `${scheme}: sign-in beside its own`, ...refused(await finish(during, path)) });
        if (scheme === 'https') {
          const alone = visitor();
          toss(alone);
          attempts.push({ of: `${scheme}: sign-in alone`, ...refused(await finish(alone, path)) });
        }
        const own = await finish(attacker, path);
        controls.push({ of: scheme, ...finding(own.isSignedIn, own.location) });
        const mine = await attacker.send('of the attacker');
        oidc.person = 'victim';
        const victim = visitor();
        await finish(victim, await comeBack(victim, site));
        toss(victim);
        const beside = await victim.ask(`/api/chat/history?sessionId=${mine.sessionId}`);
        const seen = beside.status === 200 ? JSON.parse(String(beside.body)).turns.length : 0;
        attempts.push({
          of: `${scheme}: account beside its own`,
          ...finding(seen === 0, `${seen} turns seen`),
        });
        if (scheme === 'https') {
          const alone = visitor();
          toss(alone);
          attempts.push({
            of: `${scheme}: account alone`,
            ...finding(!(await isSignedIn(alone)), 'signed in'),
          });
        }
      },
      scheme,
    );
  return {
    attempt: every(attempts, `${attempts.length} refused`),
    control: every(controls, 'signed in on http and on https'),
  };
}

const ELSEWHERE = [
  'http://evil.test/',
  '//evil.test/',
  '/\\evil.test/',
  '\\\\evil.test',
  '/.//evil.test',
  '/%09/evil.test',
  '/\t/evil.test',
  'javascript:alert(1)',
  'http:evil.test',
  `http://${CHAT_HOST}@evil.test/`,
  '///evil.test',
  '/../..//evil.test',
];

function openRedirect(lab: AttackLab) {
  return withProvider(lab, async ({ site, visitor }) => {
    const leadsTo = async (next: string) => {
      const one = visitor();
      const { location, isSignedIn } = await finish(one, await comeBack(one, site, next));
      return { location, isSignedIn, host: new URL(location, `${site}/api/access/oidc/callback`).host };
    };
    const attempts = [];
    for (const next of ELSEWHERE) {
      const { location, isSignedIn, host } = await leadsTo(next);
      attempts.push({ of: next, ...finding(host === CHAT_HOST && isSignedIn, location) });
    }
    const own = await leadsTo('/?x=1');
    return {
      attempt: every(attempts, `${attempts.length} addresses lead to ${CHAT_HOST}`),
      control: finding(own.location === '/?x=1', own.location),
    };
  });
}

function replayCode(lab: AttackLab) {
  return withProvider(lab, async ({ site, visitor }) => {
    const first = visitor();
    const path = await comeBack(first, site);
    const before = new Map(first.cookies);
    const used = await finish(first, path);
    const again = visitor();
    for (const [name, value] of before) again.cookies.set(name, value);
    const other = visitor();
    const begun = await other.ask('/api/access/oidc');
    const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? '';
    const attempts = [
      { of: 'with the cookies that it had', ...refused(await finish(again, path)) },
      {
        of: 'in another sign-in',
        ...refused(await finish(other, path.replace(/state=[^&]*/, `state=${state}`))),
      },
    ];
    return { attempt: every(attempts, 'refused'), control: finding(used.isSignedIn, used.location) };
  });
}

async function forgeTokens(lab: AttackLab) {
  const provider = await ForgingProvider.start();
  const app = await lab.app(provider.settings);
  const signIn = async (token: IdToken) => {
    const visitor = lab.stranger(app, { host: CHAT_HOST });
    const begun = await visitor.ask('/api/access/oidc');
    const asked = new URL(String(begun.headers.location)).searchParams;
    provider.nonce = asked.get('nonce') ?? '';
    provider.next = token;
    return finish(visitor, `/api/access/oidc/callback?code=any&state=${asked.get('state')}`);
  };
  const seconds = Math.floor(Date.now() / 1000);
  const forgeries: Record<string, IdToken> = {
    'another audience': { claims: { aud: 'another-client' } },
    'no audience': { claims: { aud: undefined } },
    'several audiences, for another party': {
      claims: { aud: ['confab', 'another-client'], azp: 'another-client' },
    },
    'another issuer': { claims: { iss: 'https://evil.test' } },
    'another nonce': { claims: { nonce: 'of-another-sign-in' } },
    'no nonce': { claims: { nonce: undefined } },
    'no person': { claims: { sub: undefined } },
    'a time that is over': { claims: { iat: seconds - 7_200, exp: seconds - 3_600 } },
    'no signature': { alg: 'none' },
    'the client secret as its key': { alg: 'HS256' },
    'a key that the provider does not publish': { foreignKey: true },
  };
  const attempts = [];
  for (const [name, token] of Object.entries(forgeries))
    attempts.push({ of: name, ...refused(await signIn(token)) });
  const right = await signIn({});
  await provider.close();
  return {
    attempt: every(attempts, `${attempts.length} tokens refused`),
    control: finding(right.isSignedIn, right.location),
  };
}
