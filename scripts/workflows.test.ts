import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = join(import.meta.dirname, '..', '.github', 'workflows');
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

/** The text of a job, by its name. */
const jobsOf = (text: string) =>
  new Map(
    (text.split(/^jobs:\n/m)[1] ?? '')
      .split(/^(?= {2}\w+:\n)/m)
      .map((job) => [/^ {2}(\w+):/.exec(job)?.[1] ?? '', job] as const),
  );
const stepsOf = (job: string) => job.split(/^(?= {6}- )/m).slice(1);

describe.each(readdirSync(folder))('%s', (name) => {
  const text = textOf(name);
  const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action = '']) => action);

  test('takes actions by the hash of a commit, which nobody can move', () => {
    expect(uses.length).toBeGreaterThan(0);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });

  test('leaves no token behind in the folder that packages and tests run in', () => {
    for (const [, job] of jobsOf(text))
      for (const step of stepsOf(job).filter((one) => one.includes('actions/checkout@')))
        expect(step).toContain('persist-credentials: false');
  });
});

describe('a release', () => {
  const jobs = jobsOf(textOf('release.yml'));

  test('has no permission but where it is needed', () => {
    expect(textOf('release.yml')).toMatch(/^permissions: \{\}$/m);
    expect([...jobs].map(([name, job]) => [name, /contents: (\w+)/.exec(job)?.[1]])).toEqual([
      ['test', 'read'],
      ['package', 'read'],
      ['draft', 'write'],
    ]);
    expect(textOf('release.yml')).not.toMatch(
      /\b(?:id-token|packages|actions|write-all)\b: *write|write-all/,
    );
  });

  test('is packaged once everything has passed, at large sizes and through both doors', () => {
    expect(jobs.get('test')).toMatch(/^ {6}- run: .*\bnpm run test:full\b/m);
    for (const [name, before] of [
      ['package', 'test'],
      ['draft', 'package'],
    ] as const)
      expect(jobs.get(name)).toMatch(new RegExp(`^ {4}needs: ${before}$`, 'm'));
  });

  test('gives its secrets to the step that signs, and to no install, build or test', () => {
    const steps = [...jobs.values()].flatMap(stepsOf);
    const [signing, ...others] = steps.filter((step) => step.includes('secrets.'));
    expect(others).toEqual([]);
    expect(signing).toContain('electron-builder');
    expect(signing).not.toMatch(/npm (?:ci|install|run)/);
    for (const job of jobs.values()) expect(job.split(/^ {4}steps:/m)[0]).not.toContain('secrets.');
  });

  test('has a checksum of every file of it', () => {
    const draft = jobs.get('draft') ?? '';
    expect(draft).toContain('sha256sum *');
    expect(draft).toContain('packages/*');
  });
});
