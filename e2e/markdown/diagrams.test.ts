import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '@/lib/server/http/security-policy';
import { HOSTILE_DIAGRAMS } from '../support/hostile-diagrams';
import { type HarnessPage, openHarnessPage } from './harness-page';

/** No server answers there; the page has no policy, so a request for it would be seen. */
const HOST = 'https://evil.invalid/a.png';

let harness: HarnessPage;
const requests: string[] = [];

beforeAll(async () => {
  harness = await openHarnessPage();
  harness.page.on('request', (request) => {
    const url = request.url();
    // Mermaid itself comes into its frame as a blob.
    if (!url.startsWith(new URL(harness.page.url()).origin) && !url.startsWith('blob:')) requests.push(url);
  });
});
afterAll(() => harness?.close());
beforeEach(() => {
  requests.length = 0;
});

const draw = (source: string) => harness.page.evaluate((text) => window.harness.draw(text), source);
const sanitize = (svg: string) => harness.page.evaluate((text) => window.harness.sanitizeSvg(text), svg);

/** Addresses outside of the namespaces. */
const addressesIn = (svg: string) =>
  svg
    .replace(/ xmlns(:\w+)?="[^"]*"/g, '')
    .match(/(?:href|src|srcset)="(?!#)[^"]*"|url\((?!["']?(&quot;)?#)|@import/gi) ?? [];

describe('a diagram refers to nothing outside itself', () => {
  it.each([
    ['a picture as a node', `flowchart TD\nA@{ img: "${HOST}", label: "x", w: 60, h: 60 }`],
    ['a class', `flowchart TD\nA:::x\nclassDef x fill:url(${HOST})`],
    ['a class with an escape', `flowchart TD\nA:::x\nclassDef x fill:u\\rl(${HOST})`],
    ['a style', `flowchart TD\nA\nstyle A fill:url(${HOST})`],
    ['a link style', `flowchart TD\nA-->B\nlinkStyle 0 stroke:url(${HOST})`],
    ['theme CSS', `%%{init: {"themeCSS": "@import '${HOST}'"}}%%\nflowchart TD\nA`],
    ['theme variables', `%%{init: {"themeVariables": {"lineColor": "url(${HOST})"}}}%%\nflowchart TD\nA-->B`],
    ['markup in a label', `%%{init: {"htmlLabels": true}}%%\nflowchart TD\nA["<img src='${HOST}'>"]`],
    ['markup in a message', `sequenceDiagram\nA->>B: <img src="${HOST}">`],
    ['markup in a journey', `journey\ntitle x\nsection y\n<img src="${HOST}">: 3: Me`],
    ['markup in a class', `classDiagram\nclass A["<img src='${HOST}'>"]`],
    ['markup in a state', `stateDiagram-v2\ns1: <img src="${HOST}">`],
    ['an icon', `sequenceDiagram\nparticipant A\nproperties A: {"icon": "${HOST}"}\nA->>A: a`],
    ['a sprite', `C4Context\nPerson(a, "A", "x", "${HOST}")`],
    ['a link', `flowchart TD\nA\nclick A href "${HOST}"`],
    ['a link of a class', `classDiagram\nclass A\nlink A "${HOST}"`],
    ['a link of a task', `gantt\ndateFormat YYYY-MM-DD\nT :a1, 2024-01-01, 3d\nclick a1 href "${HOST}"`],
    ['a menu of links', `sequenceDiagram\nparticipant A\nlink A: Home @ ${HOST}\nA->>A: a`],
  ])('by %s', async (_, source) => {
    const svg = await draw(source);
    expect(svg === null ? [] : addressesIn(svg)).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('would be seen to, if it did', async () => {
    await harness.page.evaluate((src) => {
      new Image().src = src;
    }, HOST);
    await expect.poll(() => requests).toEqual([HOST]);
    expect(addressesIn(`<a href="${HOST}"/><b style="fill:url(${HOST})"/>`)).toHaveLength(2);
  });
});

describe('sanitizeSvg', () => {
  const svg = (inside: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml">${inside}</svg>`;

  it.each([
    `<image href="${HOST}"/>`,
    `<image xlink:href="${HOST}"/>`,
    `<IMAGE href="${HOST}"/>`,
    `<feImage href="${HOST}"/>`,
    `<use href="${HOST}#a"/>`,
    `<use xlink:href="//evil.invalid/#a"/>`,
    `<a href="${HOST}"><text>a</text></a>`,
    `<a href=" javascript:alert(1)"><text>a</text></a>`,
    `<a xml:base="${HOST}" href="#a"/>`,
    `<rect fill="url(${HOST})"/>`,
    `<rect style="fill: url(${HOST})"/>`,
    `<rect style="fill: \\75rl(${HOST})"/>`,
    `<rect filter="url(&#x68;ttps://evil.invalid/#f)"/>`,
    `<rect cursor="url(${HOST}), auto"/>`,
    `<style>@import "${HOST}";</style>`,
    `<style>a { fill: url(${HOST}) }</style>`,
    `<style><![CDATA[@\\69mport "${HOST}";]]></style>`,
    `<style>@font-face { font-family: a; src: url(${HOST}) }</style>`,
    `<style>a { background: image-set("${HOST}" 1x) }</style>`,
    `<script href="${HOST}"/>`,
    `<script>alert("${HOST}")</script>`,
    `<rect onload="fetch('${HOST}')"/>`,
    `<animate attributeName="href" to="${HOST}"/>`,
    `<set attributeName="href" to="${HOST}"/>`,
    `<foreignObject><h:img src="${HOST}"/></foreignObject>`,
    `<foreignObject><h:div style="background: url(${HOST})">a</h:div></foreignObject>`,
    `<foreignObject><h:iframe src="${HOST}"/></foreignObject>`,
    `<foreignObject><h:video poster="${HOST}"/></foreignObject>`,
    `<foreignObject><h:link rel="stylesheet" href="${HOST}"/></foreignObject>`,
    `<foreignObject><h:base href="${HOST}"/></foreignObject>`,
    `<?xml-stylesheet href="${HOST}"?>`,
    `<!-- ${HOST} -->`,
  ])('leaves nothing of %s', async (inside) => {
    expect(await sanitize(svg(inside))).not.toContain('evil.invalid');
    expect(requests).toEqual([]);
  });

  it.each([
    `<!DOCTYPE svg [<!ENTITY a SYSTEM "${HOST}">]>${svg('<text>&a;</text>')}`,
    `<?xml-stylesheet href="${HOST}"?>${svg('')}`,
  ])('leaves nothing of %s before the picture', async (document) => {
    const sanitized = await sanitize(document).catch(() => '');
    expect(sanitized).not.toContain('evil.invalid');
    expect(requests).toEqual([]);
  });

  it('refuses what is not an SVG document', async () => {
    await expect(sanitize('<p>a</p>')).rejects.toThrow('not an SVG document');
    await expect(sanitize('<svg')).rejects.toThrow('not an SVG document');
  });

  it('keeps shapes, text, styles and references within the picture', async () => {
    const inside =
      '<style>#d { fill: #333; filter: url(#shadow) }</style><defs><marker id="m"/></defs>' +
      '<path d="M0,0" marker-end="url(#m)"/><use href="#m"/><text>https://example.org</text>';
    expect(await sanitize(svg(inside))).toContain(`>${inside}</svg>`);
  });
});

const DRAWN = [
  ['flowchart', 'flowchart TD\nA[Start] -->|go| B{Is it?}\nB --> C(["https://example.org"])'],
  ['sequence diagram', 'sequenceDiagram\nAlice->>Bob: Hello\nNote over Alice: A note'],
  ['class diagram', 'classDiagram\nAnimal <|-- Duck\nAnimal : +int age'],
  ['state diagram', 'stateDiagram-v2\n[*] --> Still\nStill --> [*]'],
  ['ER diagram', 'erDiagram\nCUSTOMER ||--o{ ORDER : places'],
  ['Gantt chart', 'gantt\ndateFormat YYYY-MM-DD\nsection A\nTask :a1, 2024-01-01, 30d'],
  ['pie', 'pie title Pets\n"Dogs" : 386\n"Cats" : 85'],
  ['mind map', 'mindmap\n  root((mind))\n    one\n    two'],
  ['timeline', 'timeline\ntitle History\n2002 : LinkedIn\n2004 : Facebook'],
  ['journey', 'journey\ntitle Day\nsection Work\nTea: 5: Me'],
  ['git graph', 'gitGraph\ncommit\nbranch develop\ncommit'],
  ['block diagram', 'block-beta\ncolumns 3\na space:2 b c'],
  ['a theme of its own', "%%{init: {'theme': 'forest'}}%%\nflowchart LR\nA --> B"],
] as const;

/** Their size differs each time. */
const BY_CHANCE: readonly string[] = ['mind map', 'git graph'];

describe('a diagram that is drawn', () => {
  it.each(DRAWN)('%s keeps its text', async (_, source) => {
    const svg = await draw(source);
    expect(svg).toMatch(/<(text|foreignObject)/);
    expect(svg).toContain('<style>');
  });

  it('looks the same under the policy of the page, and does not break it', async () => {
    const strict = await openHarnessPage({ policy: contentSecurityPolicy('harness', false) });
    const violations: string[] = [];
    strict.page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
    for (const [kind, source] of DRAWN) {
      const size = (svg: string | null) => /viewBox="[^"]*"/.exec(svg ?? '')?.[0];
      const drawn = await strict.page.evaluate((text) => window.harness.draw(text), source);
      if (!BY_CHANCE.includes(kind)) expect(size(drawn)).toBe(size(await draw(source)));
      expect(size(drawn)).toBeDefined();
    }
    expect(violations).toEqual([]);
    await strict.page.evaluate(() => {
      document.head.append(
        Object.assign(document.createElement('style'), { textContent: 'a { color: red }' }),
      );
    });
    await expect.poll(() => violations.length).toBeGreaterThan(0);
    await strict.close();
  }, 120_000);
});

/** As models write them; Mermaid refuses each as it is. */
const UNQUOTED = [
  ['a derivative', "flowchart TD\nA[Start] --> B[f'(x)=0]\nB --> C[end]"],
  ['a call in a box', 'flowchart TD\nA[call foo(bar)] --> B[done]'],
  ['an index in a box', 'graph LR\nA[arr[i] > 0] -->|yes| B[swap(arr[i], arr[j])]'],
  ['a call in a diamond', 'flowchart TD\nA{x == f(y)?} -- yes --> B(ok)'],
  ['a pair in a round box', 'flowchart LR\nA((1, (2))) --> B([push(x)])'],
  ['brackets on an edge', 'flowchart TD\nA -->|f(x) = [0, 1]| B'],
  ['brackets in the middle of an edge', 'flowchart TD\nA -- if (x) --> B'],
  ['quotes in a box', 'flowchart TD\nA[say "hello" now] --> B'],
  [
    'Chinese with brackets',
    'graph TD\nA[输入(用户)] --> B{是否合法(校验)?}\nB -->|是(通过)| C[保存(数据库)]',
  ],
  ['a chain and a class', 'flowchart LR\nA[f(x)]:::hot --> B[g(x)] & C[h(x)]\nclassDef hot fill:#f96'],
  ['a subgraph with brackets', 'flowchart TD\nsubgraph Step one (input)\nA --> B\nend'],
  ['a mind map with brackets', "mindmap\n  root((Calculus))\n    Derivative f(x)\n      rule (uv)'=u'v"],
  ['a node called end', 'flowchart LR\nA[Start] --> B\nB --> end'],
  ['a semicolon in a message', 'sequenceDiagram\nA->>B: open(); read()\nNote over A,B: one; two'],
  ['a pie without quotes', 'pie title Pets\nDogs : 386\nCats : 85'],
  [
    'a Chinese quadrant chart',
    'quadrantChart\ntitle 分析\nx-axis 低成本 --> 高成本\ny-axis 低价值 --> 高价值\nquadrant-1 优先(做)\n方案一: [0.3, 0.6]',
  ],
  [
    'a Chinese chart',
    'xychart-beta\ntitle 销量(万)\nx-axis [一月, 二月]\ny-axis 销量 0 --> 100\nbar [10, 20]',
  ],
] as const;

describe('a diagram whose labels lack quotes', () => {
  it.each(UNQUOTED)('%s is drawn', async (_, source) => {
    expect(await draw(source)).toMatch(/<text/);
  });
});

/** Within the limits, and Mermaid takes half a minute for it. */
const ENDLESS = `${HOSTILE_DIAGRAMS['a flowchart of long edges']}\n%% not tried before`;

/** The longest time that a reply with a diagram may block the page, ms. */
const LONGEST_MS = 250;

describe('a diagram made to freeze the page', () => {
  /** Six times as fast, so that a diagram is ended after half a second. */
  beforeAll(() =>
    harness.page.evaluate(() => {
      const real = window.setInterval;
      Object.assign(window, {
        setInterval: (call: () => void, ms: number) => real(call, ms / 6),
        useRealTime: () => Object.assign(window, { setInterval: real }),
      });
    }),
  );

  it.each(Object.entries(HOSTILE_DIAGRAMS))('%s does not block it', async (name, source) => {
    const { longest, outcome } = await harness.page.evaluate(
      async (text) => ({
        longest: await window.harness.longestTask(text, 'img, p[class*="note"]'),
        outcome: document.querySelector('p[class*="note"]')?.textContent ?? 'drawn',
      }),
      `\`\`\`mermaid\n${source}\n\`\`\``,
    );
    await harness.page.evaluate(() => window.harness.clear());
    seen.push(`${longest.toFixed(0).padStart(5)} ${name}: ${outcome}`);
    expect(longest).toBeLessThanOrEqual(LONGEST_MS);
  });

  afterAll(() => console.info(`Longest task in ms\n${seen.join('\n')}`));
  const seen: string[] = [];

  it('is ended after three seconds, and the next one is drawn', async () => {
    await harness.page.evaluate(() => Reflect.get(window, 'useRealTime')());
    const outcome = await harness.page.evaluate(async (source) => {
      const began = performance.now();
      const [slow, next] = await Promise.all([
        window.harness.outcome(source),
        window.harness.outcome('flowchart TD\nA --> B'),
      ]);
      return { slow, next, ms: performance.now() - began };
    }, ENDLESS);
    expect(outcome).toMatchObject({ slow: 'SlowDiagram', next: 'drawn' });
    expect(outcome.ms).toBeGreaterThan(2_900);
  });

  it('is not drawn by itself on the next visit if it was ended', async () => {
    const began = Date.now();
    const outcome = (source: string) => harness.page.evaluate((text) => window.harness.outcome(text), source);
    expect(await outcome(ENDLESS)).toBe('SlowDiagram');
    expect(Date.now() - began).toBeLessThan(1_000);
    await harness.page.evaluate(() => localStorage.clear());
    expect(await harness.page.evaluate(() => localStorage.length)).toBe(0);
  });

  it('that took too long before is drawn if the reader asks for it', async () => {
    const source = 'flowchart TD\nA --> asked';
    await harness.page.evaluate((text) => {
      window.harness.listSlowDiagram(text);
      window.harness.show({ one: `\`\`\`mermaid\n${text}\n\`\`\`` }, false);
    }, source);
    await harness.page.getByText('This diagram takes long to draw.').waitFor();
    await harness.page.getByRole('button', { name: 'Draw it anyway' }).click();
    await harness.page.getByRole('img', { name: 'Diagram: flowchart TD' }).waitFor();
    expect(await harness.page.evaluate(() => localStorage.length)).toBe(0);
    await harness.page.evaluate(() => window.harness.clear());
  });

  it('is not drawn again on the next visit if it froze the page', async () => {
    const source = 'flowchart TD\nA --> B';
    expect(await draw(source)).not.toBeNull();
    await harness.page.evaluate((text) => {
      // As it is left behind when the page is ended in the middle.
      window.harness.listSlowDiagram(text);
    }, source);
    expect(await draw(source)).toBeNull();
    expect(await draw(`${source} --> C`)).not.toBeNull();
    await harness.page.evaluate(() => localStorage.clear());
    expect(await draw(source)).not.toBeNull();
    expect(await harness.page.evaluate(() => localStorage.length)).toBe(0);
  });
});
