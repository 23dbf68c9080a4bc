import { defineScript } from '../script';

/** Blanks deleted turns whose undo has run out. Called where a plain read found one. */
export const BLANK = defineScript(
  ['now'],
  `
local m = read(S)
if live(m, now) then blank(m, now) end
return 1
`,
);
