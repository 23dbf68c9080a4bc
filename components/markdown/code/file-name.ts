/** Endings that are not the name of the language. A language is a row. */
const ENDINGS: Record<string, string> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  ruby: 'rb',
  rust: 'rs',
  kotlin: 'kt',
  csharp: 'cs',
  'c#': 'cs',
  'c++': 'cpp',
  perl: 'pl',
  haskell: 'hs',
  elixir: 'ex',
  bash: 'sh',
  shell: 'sh',
  zsh: 'sh',
  markdown: 'md',
  yaml: 'yml',
  latex: 'tex',
  text: 'txt',
  plaintext: 'txt',
};

const WHOLE_NAMES: Record<string, string> = { dockerfile: 'Dockerfile', makefile: 'Makefile' };

/** What a downloaded block is called. The language is a reply's word: only letters and digits of it pass. */
export function fileName(language: string | null): string {
  const name = (language ?? 'text').toLowerCase();
  const whole = Object.hasOwn(WHOLE_NAMES, name) ? WHOLE_NAMES[name] : undefined;
  if (whole) return whole;
  const ending =
    (Object.hasOwn(ENDINGS, name) ? ENDINGS[name] : name.replace(/[^a-z0-9]/g, '').slice(0, 12)) || 'txt';
  return `code.${ending}`;
}
