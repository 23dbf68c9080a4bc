import { defineScript } from '../script';

/** Blanks what is due. Called where a plain read found that something is. */
export const BLANK = defineScript(
  ['now'],
  `
local m = read(S)
if live(m, now) then blank(m, now) end
return 1
`,
);
