/** Stands in for `react-markdown` in the component tests: the same, and counted. */
import Real, { type Options } from 'react-markdown-real';

const texts: string[] = [];

/** The texts that were parsed since the last call. */
export function parses(): string[] {
  return texts.splice(0);
}

export default function Counting(options: Options) {
  texts.push(String(options.children));
  return <Real {...options} />;
}
