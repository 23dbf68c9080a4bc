/** The path of a command, installed from its Debian package if it is missing; null if that is not possible. */
export function ensureCommand(command: string, debianPackage: string): Promise<string | null>;

/** Finds or installs Chromium. Returns its path if it is not Playwright's own, else null. @throws if that fails. */
export function ensureChromium(): Promise<string | null>;
