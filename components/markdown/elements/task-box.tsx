import { useMarkdownStrings } from '../use-markdown-strings';

/** The read-only checkbox of a task list. */
export function TaskBox({ isDone }: { isDone: boolean }) {
  const markdown = useMarkdownStrings();
  return (
    <input
      type="checkbox"
      checked={isDone}
      disabled
      readOnly
      aria-label={isDone ? markdown.taskDone : markdown.taskOpen}
    />
  );
}
