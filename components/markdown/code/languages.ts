/** How comments, strings and words look in each family of languages. */
const DOUBLE = String.raw`"(?:\\.|[^"\\\n])*"?`;
const SINGLE = String.raw`'(?:\\.|[^'\\\n])*'?`;
const BACKTICK = String.raw`\x60(?:\\.|[^\x60\\])*\x60?`;
const TRIPLE = String.raw`"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)`;
const NUMBER = String.raw`(?<number>\b(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\w*)`;
const WORD = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;

const lexer = (comment: string, string: string, word = WORD) =>
  new RegExp(`(?<comment>${comment})|(?<string>${string})|${NUMBER}|${word}`, 'gu');

const HASH = lexer(String.raw`#[^\n]*`, `${TRIPLE}|${DOUBLE}|${SINGLE}`);
const SLASH = lexer(String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`, `${DOUBLE}|${SINGLE}|${BACKTICK}`);
const DASH = lexer(String.raw`--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`, `${DOUBLE}|${SINGLE}`);
const STYLE = lexer(
  String.raw`\/\*[\s\S]*?(?:\*\/|$)`,
  `${DOUBLE}|${SINGLE}`,
  String.raw`(?<name>[\w-]+(?=\s*:))|(?<keyword>@[\w-]+)|[\w-]+`,
);
const MARKUP = lexer(
  String.raw`<!--[\s\S]*?(?:-->|$)`,
  `${DOUBLE}|${SINGLE}`,
  String.raw`(?<keyword><\/?[\w:-]+|\/?>)|(?<name>[\w:-]+(?==))|[\w-]+`,
);
// A string before a colon is a key. The closing quote is required, or the lookahead would accept an earlier end.
const VALUE = String.raw`"(?:\\.|[^"\\\n])*"(?!\s*:)`;
const DATA = lexer(String.raw`\/\/[^\n]*`, VALUE, `(?<name>${DOUBLE})|${WORD}`);

const FAMILIES: [RegExp, string][] = [
  [HASH, 'python py ruby rb sh bash shell zsh yaml yml toml dockerfile makefile r perl elixir nix ini env'],
  [
    SLASH,
    'js javascript jsx mjs ts typescript tsx java c h cpp c++ cs csharp go rust rs swift kotlin kt php scala dart zig',
  ],
  [DASH, 'sql lua haskell hs'],
  [STYLE, 'css scss less'],
  [MARKUP, 'html xml svg vue'],
  [DATA, 'json json5 jsonc'],
];

const BY_NAME = new Map(
  FAMILIES.flatMap(([family, names]) => names.split(' ').map((name) => [name, family] as const)),
);

export const familyOf = (language: string): RegExp | null => BY_NAME.get(language.toLowerCase()) ?? null;

/** Keywords of all languages in one set: a word in it is rarely a plain name elsewhere. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'abstract and as assert async await begin break case catch class const continue def default defer del do done else ' +
    'elif end enum esac except export extends extern false False fi final finally fn for foreach from func function go ' +
    'global if impl implements import in include interface is lambda let loop match mod module mut namespace new nil ' +
    'None nonlocal not null operator or override package pass private protected pub public raise readonly ref require ' +
    'return select self static struct super switch template then this throw throws trait true True try type typedef ' +
    'typeof undefined union unless unsafe use using val var virtual void when where while with yield int float double ' +
    'bool boolean char string long short byte ' +
    'SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT RIGHT INNER OUTER ON GROUP BY ' +
    'ORDER LIMIT AND OR NOT NULL PRIMARY KEY UNIQUE DISTINCT AS HAVING UNION ALL BEGIN COMMIT DROP ALTER ADD IN IS LIKE'
  ).split(' '),
);
