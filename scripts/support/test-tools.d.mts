/** The path of a command, installed from its Debian package if it is missing; null if that is not possible. */
export function ensureCommand(command: string, debianPackage: string): Promise<string | null>;
