import { Fragment, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { Icon, type IconName } from '../icon';
import { useMediaQuery } from '../use-media-query';
import styles from './menu.module.css';

export interface MenuItem {
  /** Unique within its menu: it is also the React key. */
  label: string;
  icon?: IconName;
  /** Shown after the label, in a quieter colour. */
  note?: string;
  tone?: 'danger';
  /** Hidden where a pointer hovers: there the item has a button beside the menu. */
  hiddenOnHover?: boolean;
  /** Choosing it does not close the menu: another menu opens in its place. */
  keepsOpen?: boolean;
  run: () => void;
}

export interface MenuGroup {
  label?: string;
  items: readonly MenuItem[];
}

interface MenuProps {
  /** The button beside which it opens, and which gets the focus back. */
  anchor: HTMLElement;
  id: string;
  label: string;
  groups: readonly MenuGroup[];
  /** Shown if there are no items. */
  emptyText?: string;
  close: () => void;
}

/** Pixels between the menu and its button, and the edge of the window. */
const GAP = 6;
const EDGE = 8;

/**
 * The menu of the ARIA Authoring Practices: arrow keys wrap around, Home and End, typing the start of a label; Escape and
 * Tab leave it. A popover beside its button, or at the bottom of a phone's screen.
 */
export function Menu({ anchor, id, label, groups: allGroups, emptyText, close }: MenuProps) {
  const groups = visibleGroups(allGroups, useMediaQuery('(hover: hover)'));
  const menu = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: '', at: 0 });

  // In a layout effect, so that the next key already finds the focus inside.
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const reposition = () => placeMenu(element, anchor);
    element.showPopover();
    reposition();
    (itemsOf(element)[0] ?? element).focus({ preventScroll: true });
    window.addEventListener('scroll', reposition, true);
    window.addEventListener('resize', reposition);
    return () => {
      window.removeEventListener('scroll', reposition, true);
      window.removeEventListener('resize', reposition);
    };
  }, [anchor]);

  const leave = () => {
    close();
    anchor.focus({ preventScroll: true });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (!menu.current) return;
    const items = itemsOf(menu.current);
    const at = items.findIndex((item) => item.matches(':focus'));
    if (key === 'Tab') return leave();
    if (key === 'Escape') leave();
    else if (key in STEPS) items.at(STEPS[key]?.(at, items.length) ?? 0)?.focus();
    else if (key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey) {
      typed.current = addLetter(typed.current, key, event.timeStamp);
      nextStartingWith(items, at, typed.current.text)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div
      ref={menu}
      id={id}
      className={styles.menu}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="auto"
      onKeyDown={onKeyDown}
      onToggle={({ newState }) => newState === 'closed' && close()}
    >
      {groups.map((group, index) => (
        <Fragment key={group.label ?? index}>
          {index > 0 && <hr className={styles.rule} />}
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu. */}
          <div role="group" aria-label={group.label}>
            {group.label && (
              <p className={styles.group} aria-hidden="true">
                {group.label}
              </p>
            )}
            {group.items.map(({ label, icon, note, tone, keepsOpen, run }) => (
              <button
                key={label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={styles.item}
                data-tone={tone}
                onClick={() => {
                  if (!keepsOpen) leave();
                  run();
                }}
              >
                {icon && <Icon name={icon} size={17} />}
                <span className={styles.label}>{label}</span>
                {note && <span className={styles.note}>{note}</span>}
              </button>
            ))}
          </div>
        </Fragment>
      ))}
      {emptyText !== undefined && groups.length === 0 && <p className={styles.empty}>{emptyText}</p>}
    </div>
  );
}

/** The groups with what is shown of them, so that no separator stands alone or beside another. */
export const visibleGroups = (groups: readonly MenuGroup[], hovers: boolean): MenuGroup[] =>
  groups
    .map((group) => ({
      ...group,
      items: group.items.filter(({ hiddenOnHover }) => !(hovers && hiddenOnHover)),
    }))
    .filter(({ items }) => items.length > 0);

const itemsOf = (menu: HTMLElement): HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role=menuitem]'),
];

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at) => (at < 0 ? -1 : at - 1),
  Home: () => 0,
  End: () => -1,
};

/** Letters typed within this many milliseconds of each other belong together. */
const TYPING_MS = 600;

const addLetter = (typed: { text: string; at: number }, key: string, now: number) => ({
  text: (now - typed.at < TYPING_MS ? typed.text : '') + key.toLowerCase(),
  at: now,
});

/** The next item whose label starts with this text; a single letter always moves on from the current item. */
function nextStartingWith(items: readonly HTMLElement[], at: number, text: string): HTMLElement | undefined {
  const from = text.length > 1 ? Math.max(at, 0) : at + 1;
  const around = [...items.slice(from), ...items.slice(0, from)];
  return around.find((item) => item.innerText.trim().toLowerCase().startsWith(text));
}

/** Below the button, or above it where there is more room, and always within the window. */
function placeMenu(menu: HTMLElement, anchor: HTMLElement): void {
  const { top, bottom, left, right } = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = bottom + GAP;
  const isBelow = below + height <= innerHeight - EDGE || top < innerHeight - bottom;
  const isLeft = left + width <= innerWidth - EDGE;
  const within = (at: number, size: number, whole: number) =>
    Math.max(EDGE, Math.min(at, whole - size - EDGE));
  menu.style.setProperty('--x', `${within(isLeft ? left : right - width, width, innerWidth)}px`);
  menu.style.setProperty('--y', `${within(isBelow ? below : top - GAP - height, height, innerHeight)}px`);
}
