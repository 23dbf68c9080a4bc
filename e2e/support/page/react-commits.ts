import type { Page } from '@playwright/test';

/** The parts of React's internal fiber, as its developer tools hook receives it, that are read here. */
interface Fiber {
  tag: number;
  flags: number;
  type: unknown;
  stateNode: unknown;
  return: Fiber | null;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
}

export interface Commits {
  commits: number;
  /** The highest number of commits between two frames. */
  mostPerFrame: number;
  /** Component renders inside each article, by the article's index on the page. */
  rendersByArticle: Record<number, number>;
}

declare global {
  interface Window {
    /** The counts since the last call. */
    takeCommits(): Commits;
  }
}

/** From the next load on, counts React's commits and the component renders inside each article. */
export const watchCommits = (page: Page): Promise<unknown> => page.addInitScript(watch);

/** Runs in the page before React, which looks for this hook once, when it loads. */
function watch(): void {
  /** React's flag `PerformedWork`, and its tags for function components, forward refs and memos. */
  const RENDERED = 1;
  const COMPONENTS = new Set([0, 11, 14, 15]);
  let seen: Commits = { commits: 0, mostPerFrame: 0, rendersByArticle: {} };
  let thisFrame = 0;

  const articleOf = (fiber: Fiber): Element | null => {
    for (let at = fiber.return; at; at = at.return) if (at.type === 'article') return at.stateNode as Element;
    return null;
  };
  /** A fiber that React skipped in this commit is identical to the one in the previous commit. */
  const visit = (next: Fiber, before: Fiber | null): void => {
    if (before && COMPONENTS.has(next.tag) && (next.flags & RENDERED) !== 0) {
      const article = articleOf(next);
      if (article) {
        const place = [...document.querySelectorAll('article')].indexOf(article as HTMLElement);
        seen.rendersByArticle[place] = (seen.rendersByArticle[place] ?? 0) + 1;
      }
    }
    if (before && next.child === before.child) return;
    for (let child = next.child; child; child = child.sibling) {
      const old = child.alternate;
      if (!before || old) if (child !== previousOf(before, child)) visit(child, old);
    }
  };
  const previousOf = (parent: Fiber | null, child: Fiber): Fiber | null => {
    for (let old = parent?.child ?? null; old; old = old.sibling) if (old === child) return old;
    return null;
  };

  Object.assign(window, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      isDisabled: false,
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      checkDCE: () => {},
      onCommitFiberUnmount: () => {},
      onPostCommitFiberRoot: () => {},
      onScheduleFiberRoot: () => {},
      onCommitFiberRoot: (_: number, root: { current: Fiber }) => {
        seen.commits += 1;
        thisFrame += 1;
        if (thisFrame === 1)
          requestAnimationFrame(() => {
            thisFrame = 0;
          });
        seen.mostPerFrame = Math.max(seen.mostPerFrame, thisFrame);
        visit(root.current, root.current.alternate);
      },
    },
    takeCommits: () => {
      const taken = seen;
      seen = { commits: 0, mostPerFrame: 0, rendersByArticle: {} };
      return taken;
    },
  });
}
