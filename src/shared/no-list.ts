import { catalog } from './catalog/index.ts';
import { nearest } from './nearest.ts';

/** Says that there is no list of a name, and which one may be meant. */
export const noList = (id: string): string => {
  const meant = nearest(
    id,
    catalog.map((one) => one.id),
  );
  return `there is no list "${id}"${meant ? `; did you mean "${meant}"?` : ''}`;
};
