import type { Attack, Finding } from './attack';

/** A row after its run. */
export interface Tried {
  attack: Omit<Attack, 'run'>;
  attempt: Finding;
  control: Finding;
}

export const held = ({ attempt, control }: Tried): boolean => attempt.ok && control.ok;

/** A row in a few lines: what was tried, expected and seen. */
export function describeTried({ attack, attempt, control }: Tried): string {
  const verdict = !control.ok ? 'UNPROVEN' : attempt.ok ? 'held' : 'GOT THROUGH';
  return [
    `[${attack.row}] ${attack.attempt}: ${verdict}`,
    `    wanted   ${attack.expected}`,
    `    seen     ${attempt.seen}`,
    `    control  ${attack.control}: ${control.seen || '-'}`,
  ].join('\n');
}

/** One line a row, and the summary line. */
export function summaryTable(tried: readonly Tried[]): string {
  const width = Math.max(3, ...tried.map(({ attack }) => attack.row.length));
  const lines = tried.map(({ attack, attempt, control }) => {
    const mark = (one: Finding) => (one.ok ? 'yes' : 'NO ').padEnd(7);
    return `${attack.row.padEnd(width)}  ${mark(attempt)}  ${mark(control)}  ${attack.attempt.slice(0, 90)}`;
  });
  const passed = tried.filter(held).length;
  return [
    `${'row'.padEnd(width)}  held     control  attempt`,
    ...lines,
    '',
    `${passed} passed, ${tried.length - passed} failed`,
  ].join('\n');
}
