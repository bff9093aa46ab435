/** A ref callback: what appears below the fold of a dialog is brought into sight once, as it appears. */
export const intoView = (element: HTMLElement | null): void =>
  element?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
