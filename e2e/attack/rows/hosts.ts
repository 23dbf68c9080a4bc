import { type Attack, every, finding, same } from '../attack';
import { type AttackLab, CHAT_HOST } from '../attack-lab';
import { ask, sendRaw, statusIn } from '../http-client';

/** Names that resolve to loopback, or look like it, and are not ours. */
const FOREIGN = [
  'evil.example',
  'evil.example:3000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  `${CHAT_HOST}.evil.example`,
  `evil${CHAT_HOST}`,
  `other.${CHAT_HOST}`,
  '127.0.0.1@evil.example',
  '169.254.169.254',
  '192.168.1.10',
  'evil.example#localhost',
];

export const hosts: Attack[] = [
  {
    row: '8',
    attempt: `DNS rebinding: ${FOREIGN.length} host names that are not ours, for the page, models and a send`,
    expected: '403 for each, no model is asked',
    control: 'our own names are answered: localhost, 127.0.0.1, [::1], ALLOWED_HOSTS',
    run: rebind,
  },
  {
    row: '8',
    attempt: 'A foreign name in X-Forwarded-Host, in the request line, twice, or none at all',
    expected: 'the header changes nothing; the others are refused',
    control: 'the same raw request with our name is answered',
    run: oddHosts,
  },
  {
    row: '8',
    attempt: 'DNS rebinding in Chromium: rebound.test points to loopback',
    expected: 'the page is not served',
    control: `${CHAT_HOST} is served`,
    run: rebindInBrowser,
  },
];

async function rebind(lab: AttackLab) {
  const app = await lab.app();
  const port = new URL(app.url).port;
  const visitor = await lab.visitor(app);
  const text = lab.secrets.text('rebound');
  const ofEach = async (host: string) => {
    const headers = { host };
    const answers = [
      await ask(`${app.url}/`, { headers }),
      await ask(`${app.url}/api/models`, { headers }),
      (await visitor.send(text, { headers })).reply,
    ];
    return answers.map(({ status }) => status).join();
  };
  const attempts = [];
  for (const host of FOREIGN) {
    const seen = await ofEach(host);
    // Node itself refuses a malformed host name.
    attempts.push({ of: host, ...finding(/^(403|400),(403|400),(403|400)$/.test(seen), seen) });
  }
  const asked = lab.asked(text);
  const controls = [];
  for (const host of [
    `localhost:${port}`,
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    CHAT_HOST,
    `${CHAT_HOST}:${port}`,
  ])
    controls.push({ of: host, ...same('200,200,200', await ofEach(host)) });
  return {
    attempt: every(
      [...attempts, { of: 'model', ...finding(asked === 0, `asked ${asked} times`) }],
      `${FOREIGN.length} names refused`,
    ),
    control: every(controls, '5 names answered'),
  };
}

async function oddHosts(lab: AttackLab) {
  const app = await lab.app();
  const { host } = new URL(app.url);
  const raw = async (line: string, headers: string) =>
    statusIn(await sendRaw(app.url, `GET ${line} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`));
  const forwarded = await ask(`${app.url}/api/models`, { headers: { 'x-forwarded-host': 'evil.example' } });
  const refused = (status: number) =>
    finding(status === 400 || status === 403 || status === 0, String(status));
  return {
    attempt: every(
      [
        { of: 'X-Forwarded-Host', ...same(200, forwarded.status) },
        {
          of: 'an address in the request line',
          ...refused(await raw('http://evil.example/api/models', 'host: evil.example\r\n')),
        },
        { of: 'two hosts', ...refused(await raw('/api/models', `host: evil.example\r\nhost: ${host}\r\n`)) },
        { of: 'no host', ...refused(await raw('/api/models', '')) },
        { of: 'a blank host', ...refused(await raw('/api/models', 'host: \r\n')) },
      ],
      'refused; X-Forwarded-Host is ignored',
    ),
    control: same(200, await raw('/api/models', `host: ${host}\r\n`)),
  };
}

async function rebindInBrowser(lab: AttackLab) {
  const app = await lab.app();
  const { port } = new URL(app.url);
  const browser = await lab.browser();
  return browser.visit(async (page) => {
    const status = async (name: string) => (await page.goto(`http://${name}:${port}/`))?.status();
    return { attempt: same(403, await status('rebound.test')), control: same(200, await status(CHAT_HOST)) };
  });
}
