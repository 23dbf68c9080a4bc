import { services } from '@/lib/server/services';

/** Whether this server fetches remote images. False if its services cannot be opened; the page then says why. */
export const servesRemoteImages = (): Promise<boolean> =>
  services().then(
    ({ settings }) => settings.servesRemoteImages,
    () => false,
  );
