import { LazyPart } from '../ui/lazy-part';

/** What opens under a message comes in one script. */
const script = () => import('./on-demand');

export const TURN_MENU = new LazyPart(() => script().then(({ TurnMenu }) => TurnMenu));
export const MODELS_MENU = new LazyPart(() => script().then(({ ModelsMenu }) => ModelsMenu));
export const WHOLE_RECEIPT = new LazyPart(() => script().then(({ WholeReceipt }) => WholeReceipt));
