import { useStrings } from '../../use-strings';

/** The box of a task list. It tells; it is not there to be clicked. */
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
