export { ModelsMenu } from './actions/models-menu';
export { TurnMenu } from './actions/turn-menu';
export { UsageTable } from './reply/usage-table';
