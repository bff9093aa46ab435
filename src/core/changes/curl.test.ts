import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from './curl.ts';

test('an end user’s own data runs in no shell that a request is pasted into, and is sent as it is', () => {
  const own = [
    `'; touch run; echo '`,
    '" & calc & "',
    '\\" & calc & \\"',
    'a\\',
    '’; calc; ‘',
    '%PATH%',
    '$(touch run) `touch run`\n\u0000',
  ];
  const body = { customData: Object.fromEntries(own.map((text) => [text, text])) };
  const command = curlOf({ endpoint: 'https://t.example' }, [
    { method: 'PATCH', path: '/api/users/x', body },
  ]);
  const data = command.slice(command.indexOf('--data ') + '--data '.length);
  expect(data.slice(1, -1)).not.toMatch(/['‘’‚‛%\n]|\\\\"/);
  // cmd: outside of double quotes nothing of the data stands.
  expect(data.slice(1, -1).replace(/"[^"]*"/g, '')).toBe(`{:{${own.map(() => ':').join(',')}}}`);
  const last = `curl() { while [ $# -gt 1 ]; do shift; done; printf %s "$1"; }; ${command}`;
  const sent = execFileSync('sh', ['-c', last], { encoding: 'utf8' });
  expect(JSON.parse(sent)).toEqual(body);
});
