import type { MouseEvent } from 'react';

/** For a box of options that is typed in: what is typed takes the place of what was chosen, and is not added to it. */
export const typedOver = {
  searchable: true,
  onClick: ({ currentTarget }: MouseEvent<HTMLInputElement>) => currentTarget.select(),
};
