import type { Language } from '@/lib/chat/language';
import type { ImageRef } from '@/lib/chat/turn';
import type { ActionResult } from '../http/client-error';
import type { Theme } from '../state/preferences';
import type { Undoable } from '../state/session-store';
import type { TurnPlace } from '../state/turn-link';

/** What a person can do. No action rejects for a failed call: it tells its result, and the stores show it. */
export interface Actions {
  /** Shows an assistant: its conversation from memory at once, then refreshed; its live reply is followed. */
  openAssistant(assistantId: string): Promise<void>;
  /** Shows one of an assistant's conversations. */
  openSession(assistantId: string, sessionId: string): Promise<void>;
  /** Shows an empty conversation. It exists on the server from its first message on. */
  newConversation(assistantId: string): void;
  /** Reads the conversation again; what is shown stays until the answer is there. */
  reload(sessionId: string): Promise<void>;
  /**
   * Loads the page before what is loaded, or `many` turns: for a search, or for a jump far up. Asked again meanwhile,
   * it waits for the one that is under way. Whether it failed is in the conversation's `older`.
   */
  loadOlder(sessionId: string, how?: 'page' | 'many'): Promise<void>;
  /** Shows the conversation of a turn, loaded up to that turn. */
  openTurn(sessionId: string, turnId: string): Promise<TurnPlace>;

  /**
   * Sends what the composer holds. The draft is cleared when the server has acknowledged the turn, if it still says
   * the same. What does not arrive waits in the conversation instead, and goes out by itself. The same words while
   * they are under way, or while they are the last that wait, are the same turn. While a reply is written they wait for
   * its end. In an edit they become a version beside the turn that is edited.
   */
  send(message: { assistantId: string; content: string; images?: readonly ImageRef[] }): Promise<void>;
  /** Sends a failed or waiting message now, with its own turn id; not one that can never be accepted as it is. */
  retrySend(turnId: string): Promise<void>;
  /** Puts the words of a failed or waiting message back into the composer. */
  editSend(turnId: string): void;
  /** Takes a failed or waiting message away. */
  discardSend(turnId: string): void;
  /**
   * Asks again for a reply, as a version beside the turn (a new id, the same parent); `modelId`: of another model, this
   * once.
   */
  retryTurn(turnId: string, modelId?: string): Promise<void>;
  /** Lets a reply that was cut off go on: a version that begins with what was there, by the same model if it can be had. */
  continueReply(turnId: string): Promise<void>;
  /** Stops the reply on screen; the text that arrived is kept. */
  stop(): Promise<ActionResult>;

  rename(sessionId: string, title: string): Promise<ActionResult>;
  setPinned(sessionId: string, pinned: boolean): Promise<ActionResult>;
  clearConversation(sessionId: string): Promise<ActionResult>;
  deleteConversation(sessionId: string): Promise<ActionResult>;
  /** Deletes one turn; those after it stay. Where it was the last and has other versions, the nearest is shown. */
  removeTurn(sessionId: string, turnId: string): Promise<ActionResult>;
  /** Takes back a clear, or the delete of a conversation or a turn, within 10 minutes. */
  undo(what: Undoable): Promise<ActionResult>;
  /** Forgets that there is something to undo (its notice was closed). */
  dismissUndo(what: Undoable): void;
  /** Shows another version: the path through this turn. */
  chooseHead(sessionId: string, turnId: string): Promise<ActionResult>;

  /** The first page, or a refresh, of an assistant's list of conversations. */
  refreshSessions(assistantId: string): Promise<void>;
  loadMoreSessions(assistantId: string): Promise<void>;
  /** Learns the conversations of all assistants, the newest thousand; what cannot be read stays unknown. */
  readAllSessions(): Promise<void>;
  refreshModels(): Promise<void>;
  refreshHealth(): Promise<void>;

  /** null: the server's default. */
  chooseModel(assistantId: string, modelId: string | null): void;
  setDraft(assistantId: string, text: string): void;
  /** A long paste becomes a block beside the text; `index` counts the blocks of the draft. */
  addPaste(assistantId: string, text: string): void;
  setPaste(assistantId: string, index: number, text: string): void;
  removePaste(assistantId: string, index: number): void;
  /** Adds images to the draft: they are scaled and uploaded, one after another; `useUploads` tells how it goes. */
  attachImages(assistantId: string, files: readonly File[]): void;
  /** Tries a failed upload again. */
  retryImage(uploadId: string): void;
  /** Takes away an image of the draft, or one on its way there. */
  removeImage(assistantId: string, id: string): void;
  /** Puts the words of a turn on screen into the composer, to say them otherwise. What was written there comes back later. */
  startEdit(turnId: string): void;
  /** Adds words to the draft of the assistant on screen, as a Markdown quote after what is written there. */
  quote(text: string): void;
  /** Gives up the edit in this assistant's composer. */
  cancelEdit(assistantId: string): void;
  /** Takes up again what was said last: the newest words that wait, else the last turn. */
  editLast(assistantId: string): void;
  setTheme(theme: Theme): void;
  /** null: by the browser's languages. */
  setLanguage(language: Language | null): void;
  /** Whether keys of one character do something where nobody types. */
  setSingleKeys(singleKeys: boolean): void;
}
