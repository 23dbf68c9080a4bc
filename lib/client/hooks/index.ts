/** What the views read. Every hook re-renders its component for its own answer only. */
export * from './catalog-hooks';
export * from './conversation-events';
export * from './conversation-hooks';
export * from './draft-hooks';
export * from './gauge-hooks';
export * from './preference-hooks';
export * from './session-hooks';
