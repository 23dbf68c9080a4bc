/** File extensions that differ from the language's name. */
const EXTENSIONS: Record<string, string> = {
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

/**
 * The file name for a downloaded code block. The language comes from the reply, so only its letters and digits are
 * used.
 */
export function fileName(language: string | null): string {
  const name = (language ?? 'text').toLowerCase();
  const wholeName = Object.hasOwn(WHOLE_NAMES, name) ? WHOLE_NAMES[name] : undefined;
  if (wholeName) return wholeName;
  const extension =
    (Object.hasOwn(EXTENSIONS, name) ? EXTENSIONS[name] : name.replace(/[^a-z0-9]/g, '').slice(0, 12)) ||
    'txt';
  return `code.${extension}`;
}

/** Downloads a text or other content as a file. */
export function saveFile(name: string, content: string | Blob): void {
  const blob =
    typeof content === 'string' ? new Blob([content], { type: 'text/plain;charset=utf-8' }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
