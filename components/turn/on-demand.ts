export { ModelsMenu } from './models-menu';
export { TurnMenu } from './turn-menu';
export { WholeReceipt } from './whole-receipt';
