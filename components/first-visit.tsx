'use client';

import { createContext, useContext } from 'react';

const NewcomerContext = createContext(false);

export const NewcomerProvider = NewcomerContext.Provider;

/**
 * Whether this browser came without a guest's cookie: nothing can be kept for it, so the welcome need not wait for
 * the page's script, nor for the server to say that there is no conversation.
 */
export const useNewcomer = (): boolean => useContext(NewcomerContext);
