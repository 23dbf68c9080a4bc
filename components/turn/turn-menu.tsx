import { useState } from 'react';
import { canContinue } from '@/lib/chat/can-continue';
import { plainText } from '@/lib/chat/plain-text';
import { type TurnMenuStrings, turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import { isLive, type Turn } from '@/lib/chat/turn';
import { continueReply, quote, removeTurn, retryTurn, startEdit } from '@/lib/client/actions';
import { turnLink } from '@/lib/client/state/turn-link';
import { focusComposerAfter } from '../composer/composer-focus';
import { useNotices } from '../notices/notices';
import { copyText } from '../ui/copy-text';
import { Menu, type MenuGroup, type MenuItem } from '../ui/menu';
import type { MenuFrame } from '../ui/menu-button';
import { useLanguage, useStrings } from '../use-strings';
import { ModelsMenu } from './models-menu';
import { readAloud } from './read-aloud';
import { canRead, stopReading } from './reading';

export interface TurnMenuGiven {
  /** As it is when the menu opens. */
  turn: Turn;
  sessionId: string;
  /** Whose words these are. */
  side: 'user' | 'reply';
  /** What was selected in them when the menu was opened. */
  selected: () => string | null;
  busy: boolean;
  reading: boolean;
  /** There are models to choose from. */
  hasModels: boolean;
}

/** All that can be done with one message, or with its reply. */
export function TurnMenu({ anchor, id, close, ...given }: TurnMenuGiven & MenuFrame) {
  const strings = turnMenuStrings(useLanguage());
  const { turn: said } = useStrings();
  const { tell, report } = useNotices();
  const { sessionId } = given;
  const [isAtModels, setAtModels] = useState(false);
  const [turn] = useState(given.turn);
  if (isAtModels) return <ModelsMenu anchor={anchor} id={id} close={close} turn={turn} />;

  const copy = async (text: string, done = said.copied) =>
    tell((await copyText(text)) ? done : said.copyFailed);
  const shared: MenuGroup = {
    items: [
      {
        icon: 'link',
        label: strings.copyLink,
        run: () => void copy(turnLink(sessionId, turn.id), strings.linkCopied),
      },
      ...(isLive(turn)
        ? []
        : [
            {
              icon: 'trash',
              label: strings.delete,
              tone: 'danger',
              run: () => report(removeTurn(sessionId, turn.id)),
            } satisfies MenuItem,
          ]),
    ],
  };
  const own = given.side === 'user' ? ofWords : ofReply;
  const groups = [
    ...own(turn, { ...given, strings, copy, toModels: () => setAtModels(true) }),
    shared,
  ].filter(({ items }) => items.length > 0);
  return <Menu anchor={anchor} id={id} label={strings.label} groups={groups} close={close} />;
}

interface Means extends TurnMenuGiven {
  strings: TurnMenuStrings;
  copy: (text: string) => Promise<void>;
  toModels: () => void;
}

function ofWords({ id, user }: Turn, means: Means): MenuGroup[] {
  const { strings, copy } = means;
  const { content } = user;
  return [
    {
      items: [
        {
          icon: 'rename',
          label: strings.edit,
          elsewhere: true,
          run: () => focusComposerAfter(() => startEdit(id)),
        },
        ...(content === ''
          ? []
          : [
              {
                icon: 'copy',
                label: strings.copy,
                elsewhere: true,
                run: () => void copy(content),
              } as const,
              quoteItem(content, means),
            ]),
      ],
    },
  ];
}

function ofReply(turn: Turn, means: Means): MenuGroup[] {
  const { id, reply } = turn;
  const { strings, copy, busy, reading, hasModels, toModels } = means;
  const { content } = reply;
  const mayAsk = !busy && !isLive(turn);
  const asking: MenuItem[] = [
    { icon: 'retry', label: strings.regenerate, elsewhere: true, run: () => void retryTurn(id) },
    ...(hasModels
      ? [
          {
            icon: 'models',
            label: strings.otherModels,
            elsewhere: true,
            leadsOn: true,
            run: toModels,
          } as const,
        ]
      : []),
    ...(canContinue(turn)
      ? [{ icon: 'onward', label: strings.continue, run: () => void continueReply(id) } as const]
      : []),
  ];
  const reads: MenuItem = reading
    ? { icon: 'stop', label: strings.stopReading, run: stopReading }
    : { icon: 'speak', label: strings.readAloud, run: () => readAloud(id, content) };
  const using: MenuItem[] = [
    { icon: 'copy', label: strings.copyMarkdown, elsewhere: true, run: () => void copy(content) },
    { icon: 'lines', label: strings.copyPlain, run: () => void copy(plainText(content)) },
    quoteItem(content, means),
    ...(canRead() && !isLive(turn) ? [reads] : []),
  ];
  return [{ items: content === '' ? [] : using }, { items: mayAsk ? asking : [] }];
}

function quoteItem(content: string, { selected, strings }: Means): MenuItem {
  const selection = selected();
  return {
    icon: 'quote',
    label: selection === null ? strings.quote : strings.quoteSelection,
    run: () => focusComposerAfter(() => quote(selection ?? content)),
  };
}
