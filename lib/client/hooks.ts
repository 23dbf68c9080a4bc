/** What the views read. Every hook re-renders its component for its own answer only. */
export * from './hooks/catalog-hooks';
export * from './hooks/conversation-hooks';
export * from './hooks/draft-hooks';
export * from './hooks/gauge-hooks';
export * from './hooks/preference-hooks';
export * from './hooks/session-hooks';
