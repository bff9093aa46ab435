/** What went wrong and what to do, by the codes of `shared/errors.ts`. */
export const errors = {
  errors: {
    network: {
      dns: {
        title: 'The name {{where}} cannot be found',
        next: 'Check the address for typing errors and your network connection, VPN included.',
      },
      refused: {
        title: '{{where}} does not accept connections',
        next: 'Check that the server runs, and that address and port are right.',
      },
      timeout: {
        title: '{{where}} did not answer in time',
        next: 'The server may be busy or unreachable from here. Try again in a moment.',
      },
      tls: {
        title: 'No secure connection to {{where}}',
        next: 'The certificate is expired, for another name, or from an authority that this computer does not know. The user guide says how to add one.',
      },
      interrupted: {
        title: 'The connection to {{where}} broke',
        next: 'Nothing was changed. Try again.',
      },
      redirected: {
        title: 'The server sent us to another address',
        next: 'Credentials are never sent after a redirect. Enter the address that it redirects to, if you trust it.',
      },
    },
    token: {
      wrong_secret: {
        title: 'The app secret is wrong',
        next: 'Copy it again from Console > Applications > your machine-to-machine app. It may have been rotated.',
      },
      unknown_app: {
        title: 'This tenant knows no such app',
        next: 'Check the App ID, and that the app belongs to this tenant.',
      },
      wrong_resource: {
        title: 'The tenant does not know this API indicator',
        next: 'Cloud: the tenant ID is another one. OSS: the indicator is https://default.logto.app/api unless you changed it. The Management API does not answer at custom domains.',
      },
      missing_role: {
        title: 'The app may not use the Management API',
        next: 'In Console > Applications, open the app, choose Roles, and assign the role “Logto Management API access”.',
      },
      failed: {
        title: 'The tenant gave no token',
        next: 'Check that the app is of the type machine-to-machine.',
      },
    },
    http: {
      bad_request: {
        title: 'The server did not accept the request',
        next: 'Change the filters and try again.',
      },
      unauthorized: {
        title: 'The server did not accept our token',
        next: 'Its keys may have been rotated, or a clock is wrong. Test the connection of this tenant.',
      },
      forbidden: {
        title: 'The app may not read this',
        next: 'Give the app the role “Logto Management API access” in Console > Applications > Roles.',
      },
      not_found: {
        title: 'This is not there',
        next: 'It may have been deleted meanwhile. Refresh the list.',
      },
      not_offered: {
        title: 'Not available on this tenant',
        next: 'Its version or plan does not offer this, or the app may not read it.',
      },
      rate_limited: {
        title: 'The server asks us to slow down',
        next: 'Wait a little, then try again. Other programs may use the same limit.',
      },
      server: {
        title: 'The server failed',
        next: 'Try again; if it stays, give the request id to who runs the server.',
      },
      row: {
        title: 'This row could not be read: the server fails on it',
        next: 'A known cause is a user’s name of more than 128 UTF-16 units, e.g. 65 emoji. A PATCH of the user with a shorter name cures it.',
      },
      unreadable: {
        title: 'The answer did not come from Logto',
        next: 'A firewall, a proxy or another program answered. Check the endpoint, and whether your network wants a login.',
      },
      untimely: {
        title: 'The server answered with rows of another time',
        next: 'It does not keep to the time that was asked for, as Logto would: something between may drop part of the request. Try again, or without a time filter.',
      },
      unexpected: {
        title: 'An unexpected answer',
        next: 'Try again; the details below help whoever runs the server.',
      },
    },
    keychain: {
      unavailable: {
        title: 'The keychain of this computer does not answer',
        next: 'On Linux, start a Secret Service (GNOME Keyring, KWallet, KeePassXC) in your session, then try again.',
      },
      locked: {
        title: 'The keychain is locked, or access was refused',
        next: 'Unlock it, allow Logto Desk to use it, then try again.',
      },
    },
    secret: {
      missing: {
        title: 'The secret of this tenant is not in the keychain',
        next: 'Edit the tenant and enter the app secret again.',
      },
      elsewhere: {
        title: 'The stored secret is for another address or app',
        next: 'Enter the app secret of this address and app.',
      },
    },
    profile: {
      not_found: {
        title: 'There is no tenant “{{where}}”',
        next: 'It may have been removed. Choose another one.',
      },
      invalid: { title: 'Something in the entry is not right', next: 'Correct the field and try again.' },
      custom_domain: {
        title: 'The Management API does not answer at a custom domain',
        next: 'Enter the tenant ID instead. The right address is https://{tenant-id}.logto.app.',
      },
      name_taken: { title: 'There is a tenant of this name already', next: 'Choose another name.' },
      read_only: {
        title: 'This tenant is read-only here',
        next: 'Change its access first, if you are sure.',
      },
    },
    query: {
      invalid: { title: 'This view cannot be shown', next: 'Change or clear the filters.' },
      expression: {
        title: 'The server could not read this expression',
        next: 'Check the regular expression or the “similar to” pattern. It was not tried again.',
      },
    },
    usage: {
      invalid: {
        title: 'Invalid {{where}}',
        next: 'Add --help to the command to see what it takes.',
      },
    },
    settings: {
      damaged: {
        title: 'The settings cannot be read',
        next: 'Logto Desk started with new ones. The damaged file is kept as {{where}}.',
      },
      unreadable: {
        title: 'The settings cannot be opened',
        next: 'Check who owns {{where}} and its folder, or choose another one with --data-dir.',
      },
      newer: {
        title: 'The settings belong to a newer Logto Desk',
        next: 'They are shown and not changed: tenants, tabs and columns are not kept. Install the newer version, or choose another folder with --data-dir.',
      },
      not_writable: {
        title: 'The settings cannot be written',
        next: 'Make room on the disk, or check the permissions of {{where}}. Nothing was lost.',
      },
    },
    export: {
      not_writable: {
        title: 'The file cannot be written',
        next: 'Choose another folder, or check its permissions.',
      },
      database: {
        title: 'The database at {{where}} did not take the rows',
        next: 'What was committed stays. Check its address, the rights of its user and its space, then go on with --resume.',
      },
      interrupted: {
        title: 'It was interrupted',
        next: 'What was read is kept. Go on with it, or discard it.',
      },
      disk_full: {
        title: 'The disk is full',
        next: 'Make room or choose another place. Nothing half-written was left.',
      },
    },
    mirror: {
      failed: {
        title: 'The local mirror failed',
        next: 'What is on the server is not touched. Check the space on the disk; a mirror can be removed and read anew.',
      },
      foreign: {
        title: 'This offline copy belongs to another server',
        next: 'Its rows are not shown as this tenant’s. Remove the copy to start a new one, or set the tenant’s address back.',
      },
      empty: {
        title: 'Nothing of this list is on this computer',
        next: 'Open it once while connected, or mirror the tenant, so that it is there the next time.',
      },
      members: {
        title: 'Who belongs to what is not on this computer',
        next: 'Mirror the tenant with its members: then this is known for all users.',
      },
    },
    snapshot: {
      foreign: {
        title: 'This is not a snapshot of Logto Desk',
        next: 'Choose a file that “Snapshot…” wrote. Nothing was changed.',
      },
      damaged: {
        title: 'The snapshot is damaged',
        next: 'What it holds is not what was put into it. Ask for it again; nothing of it was taken over.',
      },
      newer: {
        title: 'The snapshot was written by a newer version',
        next: 'Open it with the version that is named here, or a later one.',
      },
      passphrase: {
        title: 'The snapshot is encrypted',
        next: 'Enter the passphrase that it was written with; a wrong one cannot be told from a damaged file.',
      },
      without: {
        title: 'This is not in the snapshot',
        next: 'The tenant was not mirrored with it. Ask for a snapshot that has it.',
      },
      no_server: {
        title: 'A snapshot has no server to ask',
        next: 'It shows what was there when it was taken.',
      },
    },
    image: {
      refused: {
        title: 'The picture is not shown',
        next: 'Pictures are loaded only where the tenant’s settings allow it, from public https addresses, up to 1 MB.',
      },
    },
    locked: { title: 'Logto Desk is locked', next: 'Unlock it, then try again.' },
    cancelled: { title: 'Cancelled', next: 'Nothing was changed.' },
    internal: { title: 'Something went wrong inside Logto Desk', next: 'Try again. The log file has more.' },
  },
} as const;
