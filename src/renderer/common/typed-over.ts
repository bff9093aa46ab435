import type { SyntheticEvent } from 'react';

const selectAll = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => currentTarget.select();

/** What was chosen is selected in its turn, once the box says it. */
const selectChosen = () => {
  const { activeElement: box } = document;
  requestAnimationFrame(() => {
    if (box instanceof HTMLInputElement && box === document.activeElement) box.select();
  });
};

/**
 * For a box of options that is typed in: what is typed takes the place of what was chosen, and is not added to it, whether the box
 * was reached by the mouse or by keys; Enter takes the first that fits.
 */
export const typedOver = {
  searchable: true,
  selectFirstOptionOnChange: true,
  onClick: selectAll,
  onFocus: selectAll,
  onDropdownClose: selectChosen,
};
