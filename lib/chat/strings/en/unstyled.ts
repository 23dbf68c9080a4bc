/** Shown above a page whose style sheets were not loaded; they hide it. */
export const unstyled =
  'This page’s styles and scripts couldn’t be loaded. Reload the page. If this is your server and it’s served under a path, such as /chat, build it with BASE_PATH.';
