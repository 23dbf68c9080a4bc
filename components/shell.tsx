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
import { COMPOSER_ID } from './composer/composer-focus';
import { FIND, MENU, Panel } from './conversation/panel';
import { TURNS } from './conversation/view';
import { NewcomerProvider, useNewcomer } from './first-visit';
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
import { usePrefetch } from './ui/use-prefetch';
import { useAssistants } from './use-assistants';
import { useDocument } from './use-document';
import { LanguageProvider, useStrings } from './use-strings';

const IDS = ASSISTANTS.map(({ id }) => id);

/** The parts that most visits come to want, the likeliest first. KaTeX, Mermaid and the image viewer are not among them. */
const PREFETCHED = [TURNS, RENDERER, MENU, OVERLAY_PARTS.palette, TURN_MENU, FIND, OVERLAY_PARTS.sheet];

interface ShellProps {
  /** The language that the server chose; the reader's own choice wins over it. */
  negotiated: Language;
  newcomer: boolean;
}

/** The whole page. */
export function Shell({ negotiated, newcomer }: ShellProps) {
  useClient(IDS);
  const language = useLanguage() ?? negotiated;
  return (
    <LanguageProvider language={language}>
      <NewcomerProvider value={newcomer}>
        <NoticeProvider>
          <OverlayProvider>
            <Frame />
          </OverlayProvider>
        </NoticeProvider>
      </NewcomerProvider>
    </LanguageProvider>
  );
}

/** Rail and panel, in the hue of the assistant on screen. */
function Frame() {
  const { rail } = useStrings();
  const assistants = useAssistants();
  const active = useActiveAssistant();
  const isNewcomer = useNewcomer();
  const greeter = isNewcomer ? assistants[0] : undefined;
  const shown = assistants.find(({ id }) => id === active) ?? greeter ?? null;
  const [menuOpen, setMenuOpen] = useState(false);
  const commands = useCommands(assistants, shown?.id ?? null);
  useShortcuts(commands, useSingleKeys());
  useDocument(shown);
  // A guest may have words on the server of which this browser knows nothing yet.
  const expectsTurns = useExpectsTurns() || !isNewcomer;
  useEffect(() => {
    if (!expectsTurns) return;
    void TURNS.load();
    void RENDERER.load();
  }, [expectsTurns]);
  usePrefetch(PREFETCHED, isNewcomer);

  return (
    <div className={styles.shell} {...hueProps(shown?.hue ?? null)}>
      <a className={styles.skip} href={`#${COMPOSER_ID}`}>
        {rail.skip}
      </a>
      <Rail assistants={assistants} active={shown?.id ?? null} />
      <main className={styles.main}>
        <Panel assistant={shown} menuOpen={menuOpen} setMenuOpen={setMenuOpen} />
      </main>
      <Overlays commands={commands} />
    </div>
  );
}
