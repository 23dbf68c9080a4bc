import { services } from '@/lib/server/services';

/** Whether this server fetches remote images. If its services cannot be opened, the page says so, and it does not. */
export const servesRemoteImages = (): Promise<boolean> =>
  services().then(
    ({ settings }) => settings.servesRemoteImages,
    () => false,
  );
