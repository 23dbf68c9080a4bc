/** Replaces `react-markdown` in the component tests: wraps the real one and records what it parses. */
import Real, { type Options } from 'react-markdown-real';

const texts: string[] = [];

/** The texts parsed since the last call. */
export function parses(): string[] {
  return texts.splice(0);
}

export default function Counting(options: Options) {
  texts.push(String(options.children));
  return <Real {...options} />;
}
