import { describe, expect, it } from 'vitest';
import { refersElsewhere, sourceRefersElsewhere } from './refers-elsewhere';

const HOST = '//evil.example/a.png';

describe('refersElsewhere', () => {
  it.each([
    `fill: url(https:${HOST})`,
    `fill: url("https:${HOST}")`,
    `fill: url( 'https:${HOST}' )`,
    `fill: URL(https:${HOST})`,
    `fill: url(${HOST})`,
    'fill: url(/api/models)',
    'fill: url(a.svg#b)',
    'fill: url(data:image/svg+xml,<svg/>)',
    'fill: url()',
    `fill: \\75rl(https:${HOST})`,
    `fill: \\000075 rl(https:${HOST})`,
    `fill: u\\rl(https:${HOST})`,
    `fill: u/**/rl(https:${HOST}); fill: url/**/(https:${HOST})`,
    `fill: url(#a); fill: url(https:${HOST})`,
    `@import "https:${HOST}"`,
    `@import url(https:${HOST})`,
    `@\\69mport "https:${HOST}"`,
    `@IMPORT 'https:${HOST}'`,
    `@font-face { font-family: a; src: url(https:${HOST}) }`,
    `background: image-set("https:${HOST}" 1x)`,
    `background: -webkit-image-set("https:${HOST}" 1x)`,
    `background: image("https:${HOST}")`,
    `background: src("https:${HOST}")`,
  ])('finds %s', (css) => {
    expect(refersElsewhere(css)).toBe(true);
  });

  it.each([
    '#d1 { font-family: "trebuchet ms"; fill: #333 }',
    'marker-end: url(#d1_flowchart-v2-pointEnd)',
    'filter: url("#drop-shadow")',
    '.edge { animation: dash 50s linear infinite } @keyframes dash { to { stroke-dashoffset: 0 } }',
  ])('lets %s pass', (css) => {
    expect(refersElsewhere(css)).toBe(false);
  });
});

describe('sourceRefersElsewhere', () => {
  it.each([
    ['a picture as a node', `flowchart TD\nA@{ img: "https:${HOST}", w: 60 }`],
    ['the same with a quoted key', `flowchart TD\nA@{ "img": "https:${HOST}" }`],
    ['the same with an escaped key', `flowchart TD\nA@{ "\\x69mg": "https:${HOST}" }`],
    ['the same with a key of escapes', `flowchart TD\nA@{ "\\u0069mg" : "https:${HOST}" }`],
    ['the same over several lines', `flowchart TD\nA@{\n  label: "}"\n  img\n: "https:${HOST}"\n}`],
    ['the same by an alias', `flowchart TD\nA@{ label: &a img, *a : "https:${HOST}" }`],
    ['the same from this server', 'flowchart TD\nA@{ img: "/api/models" }'],
    ['a class', `flowchart TD\nA:::x\nclassDef x fill:url(https:${HOST})`],
    ['a style', `flowchart TD\nA\nstyle A fill:url(https:${HOST})`],
    ['a style with entities', `flowchart TD\nA\nstyle A fill:&#117;rl(https:${HOST})`],
    ['a style with entities of Mermaid', `flowchart TD\nA\nstyle A fill:#117;rl#40;https:${HOST})`],
    ['a link style', `flowchart TD\nA-->B\nlinkStyle 0 stroke:url(https:${HOST})`],
    [
      'theme variables',
      `%%{init: {"themeVariables": {"lineColor": "url(https:${HOST})"}}}%%\nflowchart TD\nA`,
    ],
    ['theme CSS', `%%{init: {"themeCSS": "@import 'https:${HOST}'"}}%%\nflowchart TD\nA`],
    ['front matter', `---\nconfig:\n  themeCSS: "@\\x69mport 'https:${HOST}'"\n---\nflowchart TD\nA`],
    ['an img element', `flowchart TD\nA["<img src='https:${HOST}'>"]`],
    ['an img element with entities', `flowchart TD\nA["&lt;img src='https:${HOST}'&gt;"]`],
    ['an svg image element', `sequenceDiagram\nA->>B: <svg><image href="https:${HOST}"/></svg>`],
    ['a style element', `classDiagram\nA : <style>@import "https:${HOST}"</style>`],
    ['an icon', `sequenceDiagram\nparticipant A\nproperties A: {"icon": "https:${HOST}"}`],
    ['a rect', `sequenceDiagram\nrect url(https:${HOST})\nA->>B: a\nend`],
  ])('finds %s', (_, source) => {
    expect(sourceRefersElsewhere(source)).toBe(true);
  });

  it.each([
    ['an address as a label', 'flowchart TD\nA[https://example.org/a] --> B'],
    ['a link to click', 'flowchart TD\nA\nclick A href "https://example.org"'],
    ['a function', 'flowchart TD\nA["fetch(src, image)"] --> B["render (image)"]'],
    ['a line break', 'flowchart TD\nA["one<br/>two"]'],
    ['colours', 'flowchart TD\nA\nstyle A fill:#117,stroke:#333'],
    ['a shape', 'flowchart TD\nA@{ shape: rect, label: "An image" }'],
  ])('lets %s pass', (_, source) => {
    expect(sourceRefersElsewhere(source)).toBe(false);
  });
});
