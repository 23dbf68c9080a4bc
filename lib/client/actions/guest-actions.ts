import { readDevices } from '@/lib/chat/read-devices';
import type { DevicesAnswer } from '@/lib/chat/wire';
import { noContent } from '../http/api';
import type { ActionResult } from '../http/client-error';
import type { ClientContext } from '../state/context';
import { attempt } from './attempt';
import { client } from './client';

/** What a guest can do about devices and data. */
export function createGuestActions({ api, preferences }: ClientContext) {
  /** Drafts, unsent messages and the ids of conversations go; how the page looks stays. */
  function forget(): void {
    const { theme, language, singleKeys } = preferences.getState();
    preferences.setState({ ...preferences.getInitialState(), theme, language, singleKeys }, true);
  }

  return {
    /** Calls `show` with the devices if they could be read. */
    readDevices: (show: (answer: DevicesAnswer) => void): Promise<ActionResult> =>
      attempt(async () => show(await api.request(readDevices, 'GET', '/api/guest'))),
    renameDevice: (deviceId: string, name: string): Promise<ActionResult> =>
      attempt(() => api.request(noContent, 'PATCH', devicePath(deviceId), { body: { name } })),
    signDeviceOut: (deviceId: string): Promise<ActionResult> =>
      attempt(() => api.request(noContent, 'DELETE', devicePath(deviceId))),
    /** The page has to be loaded again afterwards. */
    joinGuest: (): Promise<ActionResult> => attempt(() => api.request(noContent, 'POST', '/api/guest/join')),
    /** The page has to be loaded again afterwards. */
    signOut: (): Promise<ActionResult> =>
      attempt(async () => {
        await api.request(noContent, 'DELETE', '/api/guest');
        forget();
      }),
    /** The page has to be loaded again afterwards. */
    deleteEverything: (): Promise<ActionResult> =>
      attempt(async () => {
        await api.request(noContent, 'DELETE', '/api/guest/data');
        forget();
      }),
  };
}

const devicePath = (deviceId: string): string => `/api/guest/devices/${encodeURIComponent(deviceId)}`;

/** Those of this page. Not with the other actions: only a dialog that loads later needs them. */
export const guestActions = createGuestActions(client);
