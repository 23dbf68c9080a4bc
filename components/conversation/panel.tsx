import { useCallback, useRef, useState } from 'react';
import { useConversation, useHydrated } from '@/lib/client/hooks';
import type { AssistantView } from '../assistants';
import { Composer } from '../composer/composer';
import { DropZone } from '../composer/drop-zone';
import { useFindCommand } from '../find/find-command';
import { FIND } from '../find/find-part';
import { MENU } from '../menu/menu-part';
import { Toasts } from '../notices/toasts';
import { PANEL_ID, tabId } from '../rail/panel-id';
import { useTypedAhead } from '../shortcuts/use-typed-ahead';
import { useOnDemand } from '../ui/on-demand';
import { Announcer } from './announcer';
import { Banners } from './banners';
import { Header } from './header';
import { LinkedTurn } from './linked-turn';
import styles from './panel.module.css';
import type { TurnsHandle } from './turns-handle';
import { View } from './view';

interface PanelProps {
  /** null: the page has not come to life yet. */
  assistant: AssistantView | null;
  menuOpen: boolean;
  setMenuOpen: (open: boolean) => void;
}

/** The conversation of the assistant on screen: header, turns, composer. */
export function Panel({ assistant, menuOpen, setMenuOpen }: PanelProps) {
  const conversation = useConversation(assistant?.id ?? '');
  const alive = useHydrated();
  const above = useRef<HTMLDivElement>(null);
  const turns = useRef<TurnsHandle>(null);
  const [showsTurns, setShowsTurns] = useState(false);
  const takeTurns = useCallback((handle: TurnsHandle | null) => {
    turns.current = handle;
    setShowsTurns(handle !== null);
  }, []);
  /** The conversation that is searched. */
  const [searched, setSearched] = useState<string | null>(null);

  const closeMenu = useCallback(() => setMenuOpen(false), [setMenuOpen]);
  // Once it is here it stays: it gives the focus back when it closes.
  const Menu = useOnDemand(MENU, menuOpen || MENU.part !== null, closeMenu);

  const { sessionId, empty } = conversation;
  const find = useFindCommand(sessionId !== null && !empty ? () => setSearched(sessionId) : null);
  const isSearching = searched !== null && searched === sessionId;
  const closeFind = useCallback(() => setSearched(null), []);
  const FindBar = useOnDemand(FIND, isSearching, closeFind);
  const typed = useTypedAhead(isSearching, FindBar !== null, closeFind);

  if (!assistant) return <div className={styles.panel} id={PANEL_ID} aria-busy="true" />;

  return (
    <div className={styles.panel} id={PANEL_ID} role="tabpanel" aria-labelledby={tabId(assistant.id)}>
      <Header
        assistant={assistant}
        conversation={conversation}
        menuOpen={menuOpen}
        openMenu={() => setMenuOpen(true)}
        find={find}
      />
      <Banners conversation={conversation} />
      <View assistant={assistant} conversation={conversation} jumpPlace={above} turns={takeTurns} />
      {FindBar && <FindBar conversation={conversation} turns={turns} typed={typed} close={closeFind} />}
      <LinkedTurn turns={turns} shown={showsTurns} />
      {/* What is written into a page that does not listen yet would be lost: until then the field only has its place. */}
      <div className={styles.dock} data-asleep={!alive || undefined}>
        <div className={styles.above}>
          <div ref={above} />
          {!menuOpen && <Toasts />}
        </div>
        <Composer assistant={assistant} conversation={conversation} />
      </div>
      <DropZone assistantId={assistant.id} />
      {Menu && <Menu assistant={assistant} open={menuOpen} close={closeMenu} />}
      <Announcer name={assistant.name} conversation={conversation} />
    </div>
  );
}
