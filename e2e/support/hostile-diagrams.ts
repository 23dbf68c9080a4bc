const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Sources for Mermaid made to keep it busy, by what they do: at least one of each kind of diagram. */
export const HOSTILE_DIAGRAMS: Readonly<Record<string, string>> = {
  'a block of a hundred million columns': 'block-beta\ncolumns 3\na space:100000000 b',
  'blocks in blocks': `block-beta\n${lines(95, (n) => `block:b${n}`)}\n${lines(95, () => 'end')}`,
  'a flowchart of 2,500 nodes': `flowchart TD\n${lines(2_500, (n) => `a${n}`)}`,
  'a flowchart of 290 edges between 60 nodes': `flowchart TD\n${lines(290, (n) => `a${n % 60} --> a${(n * 7 + 3) % 60}`)}`,
  'a flowchart of long edges': `flowchart TD\n${lines(95, (n) => `n${n} --> n${n + 1}`)}\n${lines(195, (n) => `n${n % 13} --> n${95 - (n % 15)}`)}`,
  'a flowchart of nested parts': `flowchart TD\n${lines(140, (n) => `subgraph s${n}`)}\na-->b\n${lines(140, () => 'end')}`,
  'a flowchart of one long word': `flowchart TD\nA["${'w'.repeat(15_000)}"]`,
  'a sequence of 290 messages': `sequenceDiagram\n${lines(290, (n) => `A${n % 40}->>B${n % 40}: message ${n}`)}`,
  '290 relations between classes': `classDiagram\n${lines(290, (n) => `A${n % 50} <|-- B${(n * 3) % 50}`)}`,
  '290 changes of state': `stateDiagram-v2\n${lines(290, (n) => `s${n % 50} --> s${(n * 3) % 50}`)}`,
  'states in states': `stateDiagram-v2\n${lines(140, (n) => `state s${n} {`)}\n[*] --> x\n${lines(140, () => '}')}`,
  '800 relations of tables': `erDiagram\n${lines(800, (n) => `A${n} ||--o{ B${n} : has`)}`,
  '230 relations between 40 tables': `erDiagram\n${lines(230, (n) => `A${n % 40} ||--o{ A${(n * 7) % 40} : has`)}`,
  'a plan of a hundred million working days':
    'gantt\ndateFormat YYYY-MM-DD\nexcludes weekends\nsection A\nTask :a1, 2024-01-01, 100000000d',
  'a plan with a mark at every millisecond':
    'gantt\ndateFormat YYYY-MM-DD\ntickInterval 1millisecond\nsection A\nTask :a1, 2024-01-01, 3000d',
  'a plan of 290 tasks': `gantt\ndateFormat YYYY-MM-DD\nexcludes weekends\n${lines(290, (n) => `T${n} :2024-01-01, ${n + 1}d`)}`,
  'a pie of 290 slices': `pie\n${lines(290, (n) => `"s${n}" : ${n + 1}`)}`,
  'a mind map of 300 nodes': `mindmap\n root\n${lines(300, (n) => `  n${n}`)}`,
  'a mind map of 115 levels': `mindmap\n${lines(115, (n) => `${' '.repeat(n + 1)}n${n}`)}`,
  'a timeline of 290 years': `timeline\n${lines(290, (n) => `${n} : event ${n}`)}`,
  'a journey of 290 steps': `journey\nsection A\n${lines(290, (n) => `step ${n}: 3: Me`)}`,
  'a history of 290 commits': `gitGraph\n${lines(290, () => 'commit')}`,
  'a packet of a million bits': 'packet-beta\n0-1000000: "x"',
  'a chart of 290 values': `xychart-beta\nx-axis 0 --> 1000000000\nbar [${lines(290, String).replaceAll('\n', ',')}]`,
  'a quadrant of 290 points': `quadrantChart\n${lines(290, (n) => `p${n}: [0.${n}, 0.5]`)}`,
  '290 flows': `sankey-beta\n${lines(290, (n) => `a${n % 60},b${(n * 7) % 60},${n + 1}`)}`,
  '70 requirements': `requirementDiagram\n${lines(70, (n) => `requirement r${n} {\nid: ${n}\ntext: x\n}`)}`,
  'an architecture of 145 services': `architecture-beta\n${lines(145, (n) => `service s${n}(server)[S]`)}\n${lines(144, (n) => `s${n}:R -- L:s${n + 1}`)}`,
  'a radar of 290 axes': `radar-beta\naxis ${lines(290, (n) => `a${n}`).replaceAll('\n', ', ')}\ncurve c{${lines(290, () => '3').replaceAll('\n', ', ')}}\nticks 100000000`,
  'a board of 290 cards': `kanban\n  Todo\n${lines(290, (n) => `    c${n}[Card ${n}]`)}`,
  'a tree map of 290 leaves': `treemap-beta\n"root"\n${lines(290, (n) => `    "l${n}": ${n + 1}`)}`,
  '290 persons in a context': `C4Context\n${lines(290, (n) => `Person(p${n}, "P${n}")`)}`,
};
