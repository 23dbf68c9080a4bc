'use client';

import { createContext, useContext } from 'react';

const FirstVisitContext = createContext(false);

export const FirstVisitProvider = FirstVisitContext.Provider;

/**
 * Whether the browser sent no guest cookie. Nothing can be stored for it, so the server renders the welcome, and the page
 * need not wait until it knows that there is no conversation.
 */
export const useFirstVisit = (): boolean => useContext(FirstVisitContext);
