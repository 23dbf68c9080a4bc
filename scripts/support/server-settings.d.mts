/** Reads `process.env`; sets `DATA_DIR` to the absolute path. */
export function prepareDataFolder(environment: Record<string, string>): void;
