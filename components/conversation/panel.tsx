import { useCallback, useRef, useState } from 'react';
import { useConversation, useHydrated } from '@/lib/client/hooks';
import { DropOverlay } from '../composer/attachments/drop-overlay';
import { Composer } from '../composer/composer';
import { useFindCommand } from '../find/find-command';
import { Toasts } from '../notices/toasts';
import { PANEL_ID, tabId } from '../rail/panel-id';
import { LazyPart, useRequestedPart } from '../ui/lazy/lazy-part';
import { type EarlyInput, LoadingField, NO_INPUT } from '../ui/lazy/loading-field';
import type { AssistantView } from '../use-assistants';
import { useStrings } from '../use-strings';
import { Announcer } from './announcer';
import { Header } from './header/header';
import { StatusBanner } from './header/status-banner';
import styles from './panel.module.css';
import { LinkedTurn } from './turns/linked-turn';
import type { TurnsHandle } from './turns/turns-handle';
import { View } from './view';

export const FIND = new LazyPart(() => import('../find/find-bar').then(({ FindBar }) => FindBar));
export const MENU = new LazyPart(() =>
  import('../menu/conversation-menu').then(({ ConversationMenu }) => ConversationMenu),
);

interface PanelProps {
  /** null until the page has read what the browser stored. */
  assistant: AssistantView | null;
  isMenuOpen: boolean;
  setMenuOpen: (open: boolean) => void;
}

/** The conversation of the assistant on screen: header, turns and composer. */
export function Panel({ assistant, isMenuOpen, setMenuOpen }: PanelProps) {
  const strings = useStrings();
  const conversation = useConversation(assistant?.id ?? '');
  const isHydrated = useHydrated();
  const [jumpContainer, setJumpContainer] = useState<HTMLDivElement | null>(null);
  const turns = useRef<TurnsHandle>(null);
  /** The conversation whose turns are on screen. */
  const [drawnSessionId, setDrawnSessionId] = useState<string | null>(null);
  const setTurns = useCallback((handle: TurnsHandle | null) => {
    turns.current = handle;
    setDrawnSessionId(handle?.sessionId ?? null);
  }, []);
  /** The conversation that is searched, and what was typed while the search loaded. */
  const [search, setSearch] = useState<{ sessionId: string; early: EarlyInput } | null>(null);

  const closeMenu = useCallback(() => setMenuOpen(false), [setMenuOpen]);
  // Stays on the page once it has loaded, because the dialog returns the focus when it closes.
  const Menu = useRequestedPart(MENU, isMenuOpen, closeMenu);

  const { sessionId, isEmpty } = conversation;
  const openFind = useFindCommand(
    sessionId !== null && !isEmpty ? () => setSearch({ sessionId, early: NO_INPUT }) : null,
  );
  const searching = search?.sessionId === sessionId ? search : null;
  const closeFind = useCallback(() => setSearch(null), []);
  const FindBar = useRequestedPart(FIND, searching !== null, closeFind);

  if (!assistant) return <div className={styles.panel} id={PANEL_ID} aria-busy="true" />;

  return (
    <div className={styles.panel} id={PANEL_ID} role="tabpanel" aria-labelledby={tabId(assistant.id)}>
      <Header
        assistant={assistant}
        conversation={conversation}
        isMenuOpen={isMenuOpen}
        openMenu={() => setMenuOpen(true)}
        openFind={openFind}
      />
      <StatusBanner conversation={conversation} />
      <View
        assistant={assistant}
        conversation={conversation}
        drawnSessionId={drawnSessionId}
        jumpContainer={jumpContainer}
        turns={setTurns}
      />
      {searching && FindBar && (
        <FindBar
          conversation={conversation}
          turns={turns}
          initialQuery={searching.early.text}
          close={closeFind}
        />
      )}
      {searching && !FindBar && (
        <LoadingField
          label={strings.find.label}
          input={searching.early}
          setInput={(early) => setSearch({ ...searching, early })}
          cancel={closeFind}
        />
      )}
      <LinkedTurn turns={turns} areDrawn={drawnSessionId !== null} />
      <div className={styles.notices}>
        <div ref={setJumpContainer} />
        {!isMenuOpen && <Toasts />}
      </div>
      {/* Hidden until the page is hydrated, also before any style sheet: anything typed before would be lost. It only
          takes its space. */}
      <div className={styles.dock} style={isHydrated ? undefined : { visibility: 'hidden' }}>
        <Composer assistant={assistant} conversation={conversation} />
      </div>
      <DropOverlay assistantId={assistant.id} />
      {Menu && <Menu assistant={assistant} open={isMenuOpen} close={closeMenu} />}
      <Announcer name={assistant.name} conversation={conversation} />
    </div>
  );
}
