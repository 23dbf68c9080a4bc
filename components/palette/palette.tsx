import { type KeyboardEvent, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { conversationListStrings } from '@/lib/chat/strings/conversation-list';
import { readAllSessions } from '@/lib/client/actions/read-all-sessions';
import { focusComposer } from '../composer/composer-focus';
import type { OverlayProps } from '../shortcuts/overlay';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Sheet } from '../ui/sheet';
import { VisuallyHidden } from '../ui/visually-hidden';
import { useOverlayStrings } from '../use-overlay-strings';
import { useLanguage, useStrings } from '../use-strings';
import { type Entry, findEntries } from './entry';
import { OptionRow } from './option-row';
import styles from './palette.module.css';
import { useEntries } from './use-entries';

/** Finds everything on the page by name: commands, assistants, conversations, models, themes, languages. */
export function Palette({ open, close, commands, early }: OverlayProps) {
  const { palette } = useStrings();
  return (
    <Sheet open={open} close={close} title={palette.title} position="top">
      <Search commands={commands} early={early} close={close} />
    </Sheet>
  );
}

/** The combobox of the ARIA Authoring Practices: the focus stays in the field, arrow keys move through the list. */
function Search({ commands, early, close }: Omit<OverlayProps, 'open'>) {
  const strings = useStrings();
  const conversationList = conversationListStrings(useLanguage());
  const { palette } = useOverlayStrings();
  const [query, setQuery] = useState(early.text);
  /** The current option, by its key: options that load later must not move it. null: the first. */
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const groups = findEntries(useEntries(commands), query);
  const options = groups.flatMap(({ entries }) => entries);
  const chosen = options.findIndex((entry) => keyOf(entry) === currentKey);
  const current = chosen < 0 ? Math.min(0, options.length - 1) : chosen;

  useEffect(() => void readAllSessions(), []);

  const choose = (entry: Entry) => {
    // The dialog returns the focus before the command runs, which may move it.
    field.current?.closest('dialog')?.close();
    close();
    entry.run();
    if (entry.focus === 'composer') focusComposer();
  };
  const chooseFirst = useEffectEvent(() => {
    if (early.wasSubmitted && options[0]) choose(options[0]);
  });
  // Enter was pressed before the palette had loaded.
  useEffect(() => chooseFirst(), []);

  const moveTo = (index: number) => {
    const entry = options[index];
    if (!entry) return;
    setCurrentKey(keyOf(entry));
    list.current?.querySelectorAll('[role=option]')[index]?.scrollIntoView({ block: 'nearest' });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    // Safari reports the key that ends a composition as 229.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const entry = options[current];
    const step = STEPS[event.key];
    if (step !== undefined) moveTo(stepped(current, step, options.length));
    else if (event.key === 'Enter' && entry) choose(entry);
    else if (event.key === 'k' && (event.ctrlKey || event.metaKey)) close();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.head}>
        <Icon name="search" size={18} />
        <input
          ref={field}
          className={styles.field}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={current < 0 ? undefined : `${id}-${current}`}
          aria-label={strings.palette.title}
          placeholder={palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value);
            setCurrentKey(null);
            if (list.current) list.current.scrollTop = 0;
          }}
        />
        <IconButton icon="close" label={conversationList.close} onClick={close} />
      </div>
      <div ref={list} id={id} role="listbox" aria-label={palette.results} className={styles.list}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options by the ARIA guide; a fieldset must not be in a listbox.
          <div key={group.id} role="group" aria-label={palette.groups[group.id]}>
            <div className={styles.group} aria-hidden="true">
              {palette.groups[group.id]}
            </div>
            {group.entries.map((entry) => {
              const index = options.indexOf(entry);
              return (
                <OptionRow
                  key={keyOf(entry)}
                  id={`${id}-${index}`}
                  entry={entry}
                  isCurrent={index === current}
                  choose={() => choose(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={styles.empty}>{palette.none}</p>}
      <div role="status">
        <VisuallyHidden>{query === '' ? '' : palette.count(options.length)}</VisuallyHidden>
      </div>
    </>
  );
}

const keyOf = ({ group, id }: Entry): string => `${group} ${id}`;

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };

/** A single step wraps around the ends; a page step stops there. */
const stepped = (at: number, step: number, count: number): number =>
  Math.abs(step) === 1 ? (at + step + count) % count : Math.min(count - 1, Math.max(0, at + step));
