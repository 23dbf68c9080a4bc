/** The id of an assistant tab, which names the panel it controls. */
export const tabId = (assistantId: string) => `tab-${assistantId}`;

/** The id of the one panel that all assistant tabs control. */
export const PANEL_ID = 'panel';

export const panelHasFocus = (): boolean =>
  document.getElementById(PANEL_ID)?.contains(document.activeElement) ?? false;
