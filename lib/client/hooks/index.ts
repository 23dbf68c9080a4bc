/** The hooks of the components. Each renders its component again only when its own value changes. */
export * from './catalog-hooks';
export * from './conversation-events';
export * from './conversation-hooks';
export * from './draft-hooks';
export * from './gauge-hooks';
export * from './preference-hooks';
export * from './session-hooks';
