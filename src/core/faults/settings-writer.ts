import { openSettings } from '../../doors/settings-file.ts';
import { errorValueOf } from '../../shared/errors.ts';
import { profileSchema } from '../../shared/profile.ts';
import { Settings } from '../settings/settings.ts';

/**
 * Adds profiles one by one, each with its tab, and names each when both are stored; for tests that kill or compete. With `as` it
 * becomes another user first: started as one, it could not be read where the checkout is in a closed folder.
 */
const [, , dataDir = '', name = '', count = '0', as] = process.argv;
if (as !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(as));
  process.setuid?.(Number(as));
}

try {
  const { settings } = openSettings(dataDir);
  const kept = new Settings(settings);
  const parent = process.ppid;
  // Whoever started it may be gone before it was ended.
  for (let n = 0; n < Number(count) && process.ppid === parent; n += 1) {
    const id = `${name}-${n}`;
    const profile = profileSchema.parse({
      id,
      kind: 'oss',
      name: id,
      label: '',
      color: 'blue',
      access: 'read-only',
      appId: 'a',
      endpoint: 'http://localhost:1',
      resource: 'r',
    });
    kept.changeProfiles((all) => [...all, profile]);
    kept.changePreferences({ theme: 'dark' });
    kept.changeViews((views) => [...views.slice(-20), { name: id, url: '/users' }]);
    kept.workspace = {
      tabs: [{ id, url: `/${id}/users` }],
      active: id,
      loading: [],
      columns: { users: [{ id: 'name' }] },
    };
    process.stdout.write(`${id}\n`);
  }
} catch (error) {
  const { code, detail } = errorValueOf(error);
  process.stdout.write(`${code} ${detail.reason}\n`);
  process.exitCode = 1;
}
