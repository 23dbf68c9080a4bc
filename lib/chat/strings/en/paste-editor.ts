/** The editor of a pasted block. */
export const pasteEditor = {
  title: 'Pasted text',
  hint: 'Sent with your message as a separate block.',
  done: 'Done',
};
