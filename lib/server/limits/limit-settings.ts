/** null = no limit. Days are UTC, cost is in USD. */
export interface LimitSettings {
  turnsPerMinute: number | null;
  concurrentReplies: number | null;
  dailyTokens: number | null;
  dailyCost: number | null;
  imagesPerHour: number | null;
  guestStorageBytes: number | null;
  turnsPerMinutePerAddress: number | null;
  guestsPerHour: number | null;
  serverDailyTokens: number | null;
  serverDailyCost: number | null;
  storageBytes: number | null;
  maxOutputTokens: number | null;
}

/** As the environment has them: undefined = not set, 0 = no limit. */
export interface LimitVariables {
  TURNS_PER_MINUTE?: number;
  CONCURRENT_REPLIES?: number;
  DAILY_TOKENS?: number;
  DAILY_COST?: number;
  IMAGES_PER_HOUR?: number;
  GUEST_STORAGE_MB?: number;
  TURNS_PER_MINUTE_PER_ADDRESS?: number;
  GUESTS_PER_HOUR?: number;
  SERVER_DAILY_TOKENS?: number;
  SERVER_DAILY_COST?: number;
  STORAGE_MB?: number;
  MAX_OUTPUT_TOKENS?: number;
}

/** The defaults of a server that others can reach. */
const PUBLIC_DEFAULTS: LimitVariables = {
  TURNS_PER_MINUTE: 20,
  CONCURRENT_REPLIES: 4,
  IMAGES_PER_HOUR: 60,
  GUEST_STORAGE_MB: 200,
  TURNS_PER_MINUTE_PER_ADDRESS: 60,
  GUESTS_PER_HOUR: 30,
};

const BYTES_PER_MB = 1024 ** 2;

/**
 * The limits that these variables set. A server that only its own machine can reach has one user, who also pays for
 * it, so it has no limits by default.
 */
export function limitSettings(variables: LimitVariables, { isPublic }: { isPublic: boolean }): LimitSettings {
  const value = (name: keyof LimitVariables): number | null =>
    (variables[name] ?? (isPublic ? PUBLIC_DEFAULTS[name] : 0)) || null;
  const bytes = (megabytes: number | null) => (megabytes === null ? null : megabytes * BYTES_PER_MB);
  return {
    turnsPerMinute: value('TURNS_PER_MINUTE'),
    concurrentReplies: value('CONCURRENT_REPLIES'),
    dailyTokens: value('DAILY_TOKENS'),
    dailyCost: value('DAILY_COST'),
    imagesPerHour: value('IMAGES_PER_HOUR'),
    guestStorageBytes: bytes(value('GUEST_STORAGE_MB')),
    turnsPerMinutePerAddress: value('TURNS_PER_MINUTE_PER_ADDRESS'),
    guestsPerHour: value('GUESTS_PER_HOUR'),
    serverDailyTokens: value('SERVER_DAILY_TOKENS'),
    serverDailyCost: value('SERVER_DAILY_COST'),
    storageBytes: bytes(value('STORAGE_MB')),
    maxOutputTokens: value('MAX_OUTPUT_TOKENS'),
  };
}
