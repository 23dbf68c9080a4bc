import { Later } from '../ui/later';

/** What opens under a message, in one piece of script: fetched when the first is wanted. */
const opening = () => import('./opening');

export const TURN_MENU = new Later(() => opening().then(({ TurnMenu }) => TurnMenu));
export const MODELS_MENU = new Later(() => opening().then(({ ModelsMenu }) => ModelsMenu));
export const WHOLE_RECEIPT = new Later(() => opening().then(({ WholeReceipt }) => WholeReceipt));
