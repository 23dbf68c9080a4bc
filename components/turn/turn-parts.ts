import { LazyPart } from '../ui/lazy/lazy-part';

/** One script for everything that opens under a message. */
const script = () => import('./turn-parts-script');

export const TURN_MENU = new LazyPart(() => script().then(({ TurnMenu }) => TurnMenu));
export const MODELS_MENU = new LazyPart(() => script().then(({ ModelsMenu }) => ModelsMenu));
export const USAGE_TABLE = new LazyPart(() => script().then(({ UsageTable }) => UsageTable));
