import { onDemand } from '../ui/on-demand';

/** What opens under a message, in one piece of script: fetched when the first is wanted. */
const opening = () => import('./opening');

export const turnMenu = onDemand(() => opening().then(({ TurnMenu }) => TurnMenu));
export const modelsMenu = onDemand(() => opening().then(({ ModelsMenu }) => ModelsMenu));
export const wholeReceipt = onDemand(() => opening().then(({ WholeReceipt }) => WholeReceipt));
