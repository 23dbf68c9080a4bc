import { readFile } from 'node:fs/promises';

/** Ticks of /proc: 100 a second on every Linux that Node runs on (`getconf CLK_TCK`). */
const TICK_MS = 10;

/** Milliseconds of processor that a process has used, its threads included. Linux only. */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name in the second field may have spaces in it: what is counted begins after its bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
