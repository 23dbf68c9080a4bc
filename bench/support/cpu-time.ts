import { readFile } from 'node:fs/promises';

/** A tick in /proc: 100 per second on every Linux that Node supports (`getconf CLK_TCK`). */
const TICK_MS = 10;

/** The CPU time that a process and its threads have used, in ms. Linux only. */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in the second field may contain spaces, so count the fields after its closing bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
