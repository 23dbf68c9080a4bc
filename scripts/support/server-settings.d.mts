/** Of `process.env`; sets `DATA_DIR` to the whole path. */
export function prepareDataFolder(environment: Record<string, string>): void;
