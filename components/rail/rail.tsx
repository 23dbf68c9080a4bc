import { useAssistantStates } from '@/lib/client/hooks';
import type { AssistantView } from '../use-assistants';
import { useStrings } from '../use-strings';
import { AssistantTab } from './assistant-tab';
import { Brand } from './brand';
import styles from './rail.module.css';
import { Settings } from './settings';
import { useTabKeys } from './use-tab-keys';

/** The assistants as an ARIA tab list: arrow keys, Home and End select, and one tab is in the tab order. */
export function Rail({ assistants, active }: { assistants: AssistantView[]; active: string | null }) {
  const { rail } = useStrings();
  const states = useAssistantStates();
  const { list, onKeyDown, orientation } = useTabKeys(assistants, active);

  return (
    <aside className={styles.rail} aria-label={rail.label}>
      <Brand />
      <div
        ref={list}
        className={styles.tabs}
        role="tablist"
        aria-label={rail.label}
        aria-orientation={orientation}
        onKeyDown={onKeyDown}
      >
        {assistants.map((assistant, index) => (
          <AssistantTab
            key={assistant.id}
            assistant={assistant}
            isSelected={assistant.id === active}
            isTabStop={active === null ? index === 0 : assistant.id === active}
            state={states[assistant.id] ?? 'idle'}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <Settings />
      </div>
    </aside>
  );
}
