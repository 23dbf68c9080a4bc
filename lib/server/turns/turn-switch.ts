import type { Store } from '@/lib/server/store/store';

const SETTING = 'turns-paused-since';

/**
 * The owner's stop switch for new turns. It is a setting in the store that the begin reads itself, so all processes
 * obey at once and no turn needs another round trip.
 */
export class TurnSwitch {
  /** The name of the setting; undefined on a server without an admin, which has no switch. */
  readonly setting: string | undefined;

  constructor(
    private readonly store: Pick<Store, 'setting' | 'putSetting'>,
    exists: boolean,
  ) {
    this.setting = exists ? SETTING : undefined;
  }

  /**
   * Since when new turns are refused, ms since the epoch; null: they may begin. @throws ChatError
   * `store_unavailable`.
   */
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
