import { expect, test } from 'vitest';
import { catalog, families, findResource } from './index.ts';

test.each(catalog.map((resource) => [resource.id, resource] as const))(
  '%s holds together',
  (_id, resource) => {
    const unique = (ids: readonly string[]) => expect(new Set(ids).size).toBe(ids.length);
    unique(resource.columns.map(({ id }) => id));
    unique(resource.filters.map(({ id }) => id));
    expect(resource.columns.some(({ id }) => id === resource.rowId)).toBe(true);
    for (const label of resource.labels)
      expect(
        resource.columns.some(({ id }) => label === id || label.startsWith(`${id}.`) || id === 'name'),
      ).toBe(true);
    for (const { ref } of resource.columns) if (ref) expect(findResource(ref)?.itemPath).toBeDefined();
    for (const related of resource.related) {
      const target = findResource(related.resource);
      expect(target).toBeDefined();
      if (related.filter) expect(target?.filters.some(({ id }) => id === related.filter)).toBe(true);
      else expect(target?.parent?.resource).toBe(resource.id);
    }
    if (resource.parent) {
      expect(resource.path).toContain('{');
      expect(findResource(resource.parent.resource)).toBeDefined();
    }
    if (resource.rowsOf) expect(findResource(resource.rowsOf)?.itemPath).toBeDefined();
    // A secret has no column: it can be neither shown nor exported.
    for (const secret of resource.secrets)
      expect(resource.columns.some(({ id }) => id === secret)).toBe(false);
    if (resource.sidebar) expect(families).toContain(resource.sidebar.family);
  },
);
