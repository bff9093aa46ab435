import { catalog } from './catalog/index.ts';
import { nearest } from './nearest.ts';
import { because, type Reason } from './reasons.ts';

/** That there is no list of a name, and which one may be meant. */
export const noList = (id: string): Reason => {
  const meant = nearest(
    id,
    catalog.map((one) => one.id),
  );
  return meant ? because('list.near', { list: id, near: meant }) : because('list.none', { list: id });
};
