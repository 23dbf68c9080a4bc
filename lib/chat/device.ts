/** A browser that acts for a guest. */
export interface Device {
  id: string;
  /** Its person's name for it, or else the browser and the system; '' if they are unknown. */
  name: string;
  createdAt: number;
  lastSeenAt: number;
  /** The browser that asks. */
  current: boolean;
}

/** Of the name of a device, in characters. */
export const DEVICE_NAME_LIMIT = 60;
