import { describe, expect, it } from 'vitest';
import { quoteLabels } from './quote-labels';

const flowchart = (line: string) => quoteLabels(`flowchart TD\n${line}`).split('\n')[1];

describe('quoteLabels', () => {
  it.each([
    [`A --> B[f'(x)=0]`, `A --> B["f'(x)=0"]`],
    ['A[arr[i] > 0] -->|yes| B[swap(a[i], a[j])]', 'A["arr[i] > 0"] -->|"yes"| B["swap(a[i], a[j])"]'],
    ['A{x == f(y)?} -- yes --> B(ok)', 'A{"x == f(y)?"} -- yes --> B("ok")'],
    ['A((1, (2))) --> B([push(x)])', 'A(("1, (2)")) --> B(["push(x)"])'],
    ['A[[sub(x)]] --> B[(table (x))]', 'A[["sub(x)"]] --> B[("table (x)")]'],
    ['A{{a {b} c}} -.-> B>a] b]', 'A{{"a {b} c"}} -.-> B>"a] b"]'],
    ['A[/in (x)/] ==> B[\\out (y)\\]', 'A[/"in (x)"/] ==> B[\\"out (y)"\\]'],
    ['A -->|f(x) = [0, 1]| B', 'A -->|"f(x) = [0, 1]"| B'],
    ['A -- if (x) --> B', 'A -->|"if (x)"| B'],
    ['A[say "hello" now]', 'A["say #quot;hello#quot; now"]'],
    ['A["quoted (x)"] --> B["`**bold** (x)`"]', 'A["quoted (x)"] --> B["`**bold** (x)`"]'],
    ['A[f(x)]:::hot & B[g(x)]; C[h(x)]', 'A["f(x)"]:::hot & B["g(x)"]; C["h(x)"]'],
    ['用户[输入(用户)] --> 校验{合法(?)}', '用户["输入(用户)"] --> 校验{"合法(?)"}'],
    ['subgraph Step one (input)', 'subgraph "Step one (input)"'],
    ['subgraph one [Step one]', 'subgraph one [Step one]'],
    ['style A fill:#f9f,stroke:rgb(0,0,0)', 'style A fill:#f9f,stroke:rgb(0,0,0)'],
    ['%% A[f(x)]', '%% A[f(x)]'],
    ['A --> B', 'A --> B'],
    ['A --> end', 'A --> end_["end"]'],
    ['A -->|x| end', 'A -->|"x"| end_["end"]'],
    ['end', 'end'],
    ['A[f(x)] --> endpoint', 'A["f(x)"] --> endpoint'],
  ])('makes %s of a flowchart readable', (line, quoted) => {
    expect(flowchart(line)).toBe(quoted);
  });

  it.each([
    ['mindmap\n  root((a (b)))', 'mindmap\n  root(("a (b)"))'],
    ['mindmap\n  f(x) = 0', 'mindmap\n  n["f(x) = 0"]'],
    ['mindmap\n  plain', 'mindmap\n  plain'],
    ['pie title Pets\n  Dogs : 386', 'pie title Pets\n  "Dogs" : 386'],
    ['pie\n  猫：12.5%', 'pie\n  "猫" : 12.5'],
    [
      'quadrantChart\n  x-axis 低 --> 高\n  甲: [0.1, 0.2]',
      'quadrantChart\n  x-axis "低" --> "高"\n  "甲": [0.1, 0.2]',
    ],
    [
      'xychart-beta\n  x-axis [一月, 二月]\n  y-axis 销量 0 --> 9',
      'xychart-beta\n  x-axis ["一月", "二月"]\n  y-axis "销量" 0 --> 9',
    ],
    ['sequenceDiagram\n  A->>B: a(); b()', 'sequenceDiagram\n  A->>B: a()#59; b()'],
    ['sequenceDiagram\n  A->>B: x #lt; y;', 'sequenceDiagram\n  A->>B: x #lt; y;'],
    ['sequenceDiagram\n  A->>B: f(x)', 'sequenceDiagram\n  A->>B: f(x)'],
  ])('makes %j readable', (source, quoted) => {
    expect(quoteLabels(source)).toBe(quoted);
  });

  it('takes linear time for a line made of brackets', () => {
    const began = performance.now();
    quoteLabels(`flowchart TD\n${'a['.repeat(1_000)}\n${'a]'.repeat(1_000)}\nA${'('.repeat(2_000)}`);
    expect(performance.now() - began).toBeLessThan(500);
  });
});
