import type { CatalogWords } from '../../catalog-words.ts';
import { access } from './access.ts';
import { applications } from './applications.ts';
import { connections } from './connections.ts';
import { organizations } from './organizations.ts';
import { people } from './people.ts';
import { tenant } from './tenant.ts';

/** What every list of the catalogue and each of its columns is called. */
export const catalog = {
  ...people,
  ...applications,
  ...access,
  ...organizations,
  ...connections,
  ...tenant,
} as const satisfies CatalogWords;
