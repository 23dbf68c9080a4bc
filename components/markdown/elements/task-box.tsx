import { useStrings } from '../../use-strings';

/** The read-only checkbox of a task list. */
export function TaskBox({ done }: { done: boolean }) {
  const { markdown } = useStrings();
  return (
    <input
      type="checkbox"
      checked={done}
      disabled
      readOnly
      aria-label={done ? markdown.taskDone : markdown.taskOpen}
    />
  );
}
