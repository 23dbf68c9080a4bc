import { useState } from 'react';
import { canContinue } from '@/lib/chat/can-continue';
import { type TurnMenuStrings, turnMenuStrings } from '@/lib/chat/strings/turn-menu';
import { plainText } from '@/lib/chat/text/plain-text';
import { isLive, type Turn } from '@/lib/chat/turn';
import { continueReply, quote, removeTurn, retryTurn, startEdit } from '@/lib/client/actions';
import { turnLink } from '@/lib/client/state/turn-link';
import { focusComposerAfter } from '../../composer/composer-focus';
import { takeSelection } from '../../markdown/copy/copy-selection';
import { useNotices } from '../../notices/notices';
import { copyText } from '../../ui/copy-text';
import { Menu, type MenuGroup, type MenuItem } from '../../ui/menu/menu';
import type { MenuFrame } from '../../ui/menu/menu-button';
import { useLanguage, useStrings } from '../../use-strings';
import { ModelsMenu } from './models-menu';
import { readAloud } from './read-aloud';
import { canReadAloud, stopReading } from './use-reading';

export interface TurnMenuProps {
  turn: Turn;
  sessionId: string;
  side: 'user' | 'reply';
  /** What was selected in this side when the menu was opened. */
  selected: Range | null;
  isBusy: boolean;
  /** The reply is being read aloud. */
  isReadingAloud: boolean;
  /** There are other models to choose from. */
  hasModels: boolean;
}

/** The menu of a user message or of a reply. */
export function TurnMenu({ anchor, id, close, ...props }: TurnMenuProps & MenuFrame) {
  const strings = turnMenuStrings(useLanguage());
  const { copyButton } = useStrings();
  const { showConfirmation, report } = useNotices();
  const { sessionId } = props;
  const [showsModels, setShowsModels] = useState(false);
  // An open menu does not change while the reply streams.
  const [turn] = useState(props.turn);
  const [selectedText] = useState(() => props.selected && takeSelection(props.selected, 'markdown'));
  if (showsModels) return <ModelsMenu anchor={anchor} id={id} close={close} turn={turn} />;

  const copy = async (text: string, done = copyButton.copied) =>
    showConfirmation((await copyText(text)) ? done : copyButton.copyFailed);
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
  const groupsOf = props.side === 'user' ? userGroups : replyGroups;
  const groups = [
    ...groupsOf(turn, { ...props, selectedText, strings, copy, openModels: () => setShowsModels(true) }),
    shared,
  ];
  return <Menu anchor={anchor} id={id} label={strings.label} groups={groups} close={close} />;
}

interface MenuContext extends TurnMenuProps {
  /** `selected` as Markdown; null if nothing of the text is selected. */
  selectedText: string | null;
  strings: TurnMenuStrings;
  copy: (text: string) => Promise<void>;
  openModels: () => void;
}

function userGroups({ id, user }: Turn, context: MenuContext): MenuGroup[] {
  const { strings, copy } = context;
  const { content } = user;
  return [
    {
      items: [
        {
          icon: 'rename',
          label: strings.edit,
          hiddenOnHover: true,
          run: () => focusComposerAfter(() => startEdit(id)),
        },
        ...(content === ''
          ? []
          : [
              {
                icon: 'copy',
                label: strings.copy,
                hiddenOnHover: true,
                run: () => void copy(content),
              } as const,
              quoteItem(content, context),
            ]),
      ],
    },
  ];
}

function replyGroups(turn: Turn, context: MenuContext): MenuGroup[] {
  const { id, reply } = turn;
  const { strings, copy, isBusy, isReadingAloud, hasModels, openModels } = context;
  const { content } = reply;
  const mayRegenerate = !isBusy && !isLive(turn);
  const regenerateItems: MenuItem[] = [
    { icon: 'retry', label: strings.regenerate, hiddenOnHover: true, run: () => void retryTurn(id) },
    ...(hasModels
      ? [
          {
            icon: 'models',
            label: strings.otherModels,
            hiddenOnHover: true,
            keepsOpen: true,
            run: openModels,
          } as const,
        ]
      : []),
    ...(canContinue(turn)
      ? [{ icon: 'onward', label: strings.continue, run: () => void continueReply(id) } as const]
      : []),
  ];
  const readItem: MenuItem = isReadingAloud
    ? { icon: 'stop', label: strings.stopReading, run: stopReading }
    : { icon: 'speak', label: strings.readAloud, run: () => readAloud(id, content) };
  const textItems: MenuItem[] = [
    { icon: 'copy', label: strings.copyMarkdown, hiddenOnHover: true, run: () => void copy(content) },
    { icon: 'lines', label: strings.copyPlain, run: () => void copy(plainText(content)) },
    quoteItem(content, context),
    ...(canReadAloud() && !isLive(turn) ? [readItem] : []),
  ];
  return [{ items: content === '' ? [] : textItems }, { items: mayRegenerate ? regenerateItems : [] }];
}

function quoteItem(content: string, { selectedText, strings }: MenuContext): MenuItem {
  return {
    icon: 'quote',
    label: selectedText === null ? strings.quote : strings.quoteSelection,
    run: () => focusComposerAfter(() => quote(selectedText ?? content)),
  };
}
