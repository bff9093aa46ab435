import { afterEach, describe, expect, test } from 'vitest';
import { type Era, eras } from './eras.ts';
import { type Simulator, startSimulator } from './server.ts';

/** What the document of each server says, and what recordings do not show of older ones. */
let server: Simulator;
afterEach(() => server.stop());

const documentPath = '/api/.well-known/management.openapi.json';

const documentOf = async (era: Era) => {
  server = await startSimulator({ users: 1, logs: 1, era });
  const response = await fetch(server.endpoint + documentPath);
  const document = (await response.json()) as {
    paths: Record<string, { get?: { parameters: { name: string }[] } }>;
  };
  const parameters = document.paths['/api/logs']?.get?.parameters.map(({ name }) => name) ?? [];
  return { paths: Object.keys(document.paths), parameters, etag: response.headers.get('etag') };
};

describe('the OpenAPI document', () => {
  test.each(eras)('of %s is given without a token, and not again to who has it', async (era) => {
    const { etag } = await documentOf(era);
    const again = await fetch(server.endpoint + documentPath, { headers: { 'if-none-match': etag ?? '' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  test('names what a server has', async () => {
    const known = { paths: {} as Record<Era, string[]>, parameters: {} as Record<Era, string[]> };
    for (const era of eras) {
      const { paths, parameters } = await documentOf(era);
      known.paths[era] = paths;
      known.parameters[era] = parameters;
      await server.stop();
    }
    expect(known.paths['1.42']).toHaveLength(173);
    expect(known.paths['1.41']).toHaveLength(164);
    expect(known.paths['1.30']).not.toContain('/api/users/{userId}/sessions');
    expect(known.paths['1.30']).not.toContain('/api/configs/oidc/session');
    expect(known.paths['1.30']).toContain('/api/configs/oidc/{keyType}');
    expect(known.parameters['1.30']).toEqual(['userId', 'applicationId', 'logKey', 'page', 'page_size']);
    expect(known.parameters['1.41']).toContain('start_time');
  });
});
