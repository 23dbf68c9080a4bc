import { appendFileSync } from 'node:fs';

/** `SERVER_LOG=FILE`: what all servers of a run write goes to this file too, to be searched by `npm run attack -- logs`. */
const FILE = process.env.SERVER_LOG;

const SECRET_NAME = /(KEY|TOKEN|SECRET|CODE|PASSWORD)$/;

export function saveOutput(text: string): void {
  if (FILE) appendFileSync(FILE, text);
}

/** The secrets of a server, beside the log: the search needs to know them. One JSON object a line. */
export function saveSecrets(settings: Record<string, string>): void {
  if (!FILE) return;
  const secrets = Object.entries(settings).filter(([name, value]) => SECRET_NAME.test(name) && value !== '');
  for (const [kind, value] of secrets)
    appendFileSync(`${FILE}.secrets`, `${JSON.stringify({ kind, value })}\n`);
}
