import { memo } from 'react';
import { openAssistant } from '@/lib/client/actions';
import type { AssistantState } from '@/lib/client/state/assistant-states';
import { Avatar, hueProps } from '../ui/avatar';
import type { AssistantView } from '../use-assistants';
import styles from './assistant-tab.module.css';
import { PANEL_ID, tabId } from './panel-id';
import { StateMark } from './state-mark';

interface AssistantTabProps {
  assistant: AssistantView;
  isSelected: boolean;
  isTabStop: boolean;
  state: AssistantState;
}

export const AssistantTab = memo(function AssistantTab({
  assistant,
  isSelected,
  isTabStop,
  state,
}: AssistantTabProps) {
  return (
    <button
      type="button"
      role="tab"
      id={tabId(assistant.id)}
      className={styles.tab}
      aria-selected={isSelected}
      aria-controls={PANEL_ID}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => openAssistant(assistant.id)}
      {...hueProps(assistant.hue)}
    >
      <Avatar icon={assistant.icon} />
      <span className={styles.text}>
        <span className={styles.name}>{assistant.name}</span>
        <span className={styles.description}>{assistant.description}</span>
      </span>
      <StateMark state={state} />
    </button>
  );
});
