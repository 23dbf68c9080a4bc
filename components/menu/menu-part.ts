import { Later } from '../ui/later';

/** The list of conversations: fetched when it is first opened. */
export const MENU = new Later(() =>
  import('./conversation-menu').then(({ ConversationMenu }) => ConversationMenu),
);
