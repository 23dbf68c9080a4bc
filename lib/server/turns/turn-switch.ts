import type { Store } from '@/lib/server/store/store';

const SETTING = 'turns-paused-since';

/**
 * Whether new turns may begin: the owner's stop switch. It is a setting in the store, and the begin itself looks at it, so
 * all processes obey at once and no turn waits for another round trip.
 */
export class TurnSwitch {
  /** What a begin is paused by; undefined where nobody can throw the switch. */
  readonly setting: string | undefined;

  constructor(
    private readonly store: Pick<Store, 'setting' | 'putSetting'>,
    exists: boolean,
  ) {
    this.setting = exists ? SETTING : undefined;
  }

  /** Since when new turns are refused, ms since the epoch; null: they may begin. @throws ChatError `store_unavailable`. */
  async pausedSince(): Promise<number | null> {
    if (this.setting === undefined) return null;
    const since = await this.store.setting(this.setting);
    return since === null ? null : Number(since);
  }

  async pause(now: number): Promise<void> {
    const since = (await this.pausedSince()) ?? now;
    await this.store.putSetting(SETTING, String(since));
  }

  async resume(): Promise<void> {
    await this.store.putSetting(SETTING, null);
  }
}
