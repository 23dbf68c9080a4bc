'use client';

import { useEffect, useState } from 'react';
import { ASSISTANTS } from '@/lib/chat/assistants';
import type { Language } from '@/lib/chat/language';
import {
  useActiveAssistant,
  useClient,
  useExpectsTurns,
  useLanguage,
  useSingleKeys,
} from '@/lib/client/hooks';
import { ATTACHMENTS } from './composer/composer';
import { COMPOSER_ID } from './composer/composer-focus';
import { FIND, MENU, Panel } from './conversation/panel';
import { TURNS } from './conversation/view';
import { FirstVisitProvider, useFirstVisit } from './first-visit';
import { RENDERER } from './markdown/renderer';
import { NoticeProvider } from './notices/notices';
import { Rail } from './rail/rail';
import styles from './shell.module.css';
import { OverlayProvider } from './shortcuts/overlay';
import { OVERLAY_PARTS, Overlays } from './shortcuts/overlays';
import { useCommands } from './shortcuts/use-commands';
import { useShortcuts } from './shortcuts/use-shortcuts';
import { TURN_MENU } from './turn/turn-parts';
import { hueProps } from './ui/avatar';
import { usePrefetch } from './ui/lazy/use-prefetch';
import { useAssistants } from './use-assistants';
import { useDocument } from './use-document';
import { LanguageProvider, useStrings } from './use-strings';

const ASSISTANT_IDS = ASSISTANTS.map(({ id }) => id);

/** The lazy parts that most visits need, the likeliest first; not KaTeX, Mermaid or the image viewer. */
const PREFETCHED = [
  TURNS,
  RENDERER,
  ATTACHMENTS,
  MENU,
  OVERLAY_PARTS.palette,
  TURN_MENU,
  FIND,
  OVERLAY_PARTS.sheet,
];

// The page's first script has already asked for a conversation, so its parts are loaded now, not after hydration.
if (globalThis.confabEarlyCalls) loadTurns();

interface ShellProps {
  /** The language that the server chose for this request. The reader's own choice wins over it. */
  negotiated: Language;
  isFirstVisit: boolean;
}

function loadTurns(): void {
  void TURNS.load();
  void RENDERER.load();
}

/** The whole page. */
export function Shell({ negotiated, isFirstVisit }: ShellProps) {
  useClient(ASSISTANT_IDS);
  const language = useLanguage() ?? negotiated;
  return (
    <LanguageProvider language={language}>
      <FirstVisitProvider value={isFirstVisit}>
        <NoticeProvider>
          <OverlayProvider>
            <Frame />
          </OverlayProvider>
        </NoticeProvider>
      </FirstVisitProvider>
    </LanguageProvider>
  );
}

/** The rail and the panel, in the hue of the assistant on screen. On a first visit that is the first assistant. */
function Frame() {
  const { rail } = useStrings();
  const assistants = useAssistants();
  const active = useActiveAssistant();
  const isFirstVisit = useFirstVisit();
  const firstAssistant = isFirstVisit ? assistants[0] : undefined;
  const shown = assistants.find(({ id }) => id === active) ?? firstAssistant ?? null;
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const commands = useCommands(assistants, shown?.id ?? null);
  useShortcuts(commands, useSingleKeys());
  useDocument(shown);
  // A guest may have conversations on the server that this browser does not know yet.
  const expectsTurns = useExpectsTurns() || !isFirstVisit;
  useEffect(() => {
    if (expectsTurns) loadTurns();
  }, [expectsTurns]);
  usePrefetch(PREFETCHED, isFirstVisit);

  return (
    <div className={styles.shell} {...hueProps(shown?.hue ?? null)}>
      <a className={styles.skip} href={`#${COMPOSER_ID}`}>
        {rail.skip}
      </a>
      <Rail assistants={assistants} active={shown?.id ?? null} />
      <main className={styles.main}>
        <Panel assistant={shown} isMenuOpen={isMenuOpen} setMenuOpen={setIsMenuOpen} />
      </main>
      <Overlays commands={commands} />
    </div>
  );
}
