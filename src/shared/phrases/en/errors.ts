/** What went wrong and what to do, by the codes of `shared/errors.ts`. */
export const errors = {
  errors: {
    network: {
      dns: {
        title: 'Cannot find the host {{where}}',
        next: 'Check the address for typos, and your network connection, including any VPN.',
      },
      refused: {
        title: '{{where}} refused the connection',
        next: 'Check that the server is running and that the address and port are correct.',
      },
      timeout: {
        title: '{{where}} did not answer in time',
        next: 'The server may be busy or unreachable from here. Try again in a moment.',
      },
      tls: {
        title: 'No secure connection to {{where}}',
        next: 'Its certificate has expired, is for another name, or is from an authority this computer does not trust. The user guide explains how to add one.',
      },
      interrupted: {
        title: 'The connection to {{where}} was lost',
        next: 'Nothing was changed. Try again.',
      },
      redirected: {
        title: 'The server redirected to another address',
        next: 'Credentials are never sent after a redirect. If you trust the new address, enter it instead.',
      },
    },
    token: {
      wrong_secret: {
        title: 'The app secret is wrong',
        next: 'Copy it again from Console > Applications > your machine-to-machine app. It may have been rotated.',
      },
      unknown_app: {
        title: 'This tenant has no app with this ID',
        next: 'Check the App ID, and that the app belongs to this tenant.',
      },
      wrong_resource: {
        title: 'This tenant has no API with this resource indicator',
        next: 'Cloud: check the tenant ID. OSS: the indicator is https://default.logto.app/api unless you changed it. The Management API is not available at custom domains.',
      },
      missing_role: {
        title: 'The app has no access to the Management API',
        next: 'In Console > Applications, open the app, choose Roles, and assign the role “Logto Management API access”.',
      },
      failed: {
        title: 'The tenant did not issue a token',
        next: 'Check that it is a machine-to-machine app.',
      },
    },
    http: {
      bad_request: {
        title: 'The server rejected the request',
        next: 'Change the filters and try again.',
      },
      unauthorized: {
        title: 'The server rejected the access token',
        next: 'Its keys may have been rotated, or a clock may be wrong. Test this tenant’s connection.',
      },
      forbidden: {
        title: 'The app has no permission to read this',
        next: 'Give the app the role “Logto Management API access” in Console > Applications > Roles.',
      },
      not_found: {
        title: 'Not found',
        next: 'It may have been deleted. Refresh the list.',
      },
      not_offered: {
        title: 'Not available on this tenant',
        next: 'Its version or plan does not include this, or the app has no permission to read it.',
      },
      rate_limited: {
        title: 'The server is limiting requests',
        next: 'Wait a moment, then try again. Other programs may share this limit.',
      },
      server: {
        title: 'The server failed',
        next: 'Try again. If it keeps failing, send the request ID to whoever runs this server.',
      },
      row: {
        title: 'This row could not be read: the server fails on it',
        next: 'A known cause is a user name longer than 128 UTF-16 units, e.g. 65 emoji. A PATCH of the user with a shorter name fixes it.',
      },
      unreadable: {
        title: 'The answer did not come from Logto',
        next: 'A firewall, a proxy, or another program answered. Check the endpoint, and whether your network requires you to sign in.',
      },
      untimely: {
        title: 'The server returned rows from a different time',
        next: 'It did not apply the time filter, as Logto would: something in between may be dropping part of the request. Try again, or remove the time filter.',
      },
      unexpected: {
        title: 'Unexpected response',
        next: 'Try again. If it keeps failing, send the details below to whoever runs this server.',
      },
    },
    keychain: {
      unavailable: {
        title: 'The system keychain is not responding',
        next: 'On Linux, start a Secret Service (GNOME Keyring, KWallet, KeePassXC) in your session, then try again.',
      },
      locked: {
        title: 'The keychain is locked, or access was denied',
        next: 'Unlock it, allow Logto Desk to use it, then try again.',
      },
    },
    secret: {
      missing: {
        title: 'This tenant’s secret is not in the keychain',
        next: 'Edit the tenant and enter the app secret again.',
      },
      elsewhere: {
        title: 'The stored secret is for a different address or app',
        next: 'Enter the app secret for this address and app.',
      },
    },
    profile: {
      not_found: {
        title: 'There is no tenant “{{where}}”',
        next: 'It may have been removed. Choose another one.',
      },
      invalid: { title: 'This value is not valid', next: 'Correct it and try again.' },
      custom_domain: {
        title: 'The Management API is not available at a custom domain',
        next: 'Enter the tenant ID instead. The address is https://{tenant-id}.logto.app.',
      },
      name_taken: { title: 'A tenant with this name already exists', next: 'Choose a different name.' },
      read_only: {
        title: 'This tenant is read-only here',
        next: 'Change its access first if you are sure.',
      },
    },
    query: {
      invalid: { title: 'This view cannot be shown', next: 'Change or clear the filters.' },
      expression: {
        title: 'The server could not use this expression',
        next: 'Check the regular expression or the “similar to” pattern. It was not retried.',
      },
    },
    input: {
      invalid: {
        title: 'What was entered is not valid',
        next: 'Correct it and try again. If you entered nothing, reload the window.',
      },
    },
    id: { invalid: { title: 'This is not an ID', next: 'Copy the ID from its row and try again.' } },
    job: {
      busy: {
        title: '{{where}} is being written by another job',
        next: 'Wait until that has ended, or choose another place.',
      },
      not_found: {
        title: 'This job is no longer listed',
        next: 'It was dismissed, or newer ones took its place. Start it again if you still need it.',
      },
    },
    scan: { gone: { title: 'This search is over', next: 'Search again.' } },
    test: { gone: { title: 'This connection test is over', next: 'Start it again.' } },
    usage: {
      invalid: {
        title: 'Invalid {{where}}',
        next: 'Add --help to the command to see its options.',
      },
      missing: {
        title: '{{where}} is missing',
        next: 'Add --help to the command to see its options.',
      },
    },
    settings: {
      damaged: {
        title: 'The settings cannot be read',
        next: 'Logto Desk started with new settings. The damaged file was saved as {{where}}.',
      },
      unreadable: {
        title: 'The settings cannot be opened',
        next: 'Check who owns {{where}} and its folder, or choose another folder with --data-dir.',
      },
      newer: {
        title: 'The settings are from a newer version of Logto Desk',
        next: 'They are read but not changed: new tenants, tabs, and columns are not saved. Install the newer version, or choose another folder with --data-dir.',
      },
      not_writable: {
        title: 'The settings cannot be written',
        next: 'Free up disk space, or check the permissions of {{where}}. Nothing was lost.',
      },
    },
    export: {
      not_writable: {
        title: 'The file cannot be written',
        next: 'Choose another folder, or check its permissions.',
      },
      database: {
        title: 'The database at {{where}} rejected the rows',
        next: 'Committed rows stay. Check the address, the user’s privileges, and disk space, then continue with --resume.',
      },
      nothing: {
        title: 'Nothing was chosen to export',
        next: 'Choose at least one list or saved view.',
      },
      interrupted: {
        title: 'Interrupted',
        next: 'What was read is kept. Resume it or discard it.',
      },
      disk_full: {
        title: 'The disk is full',
        next: 'Free up space or choose another location. No partial file was left behind.',
      },
    },
    dossier: {
      nobody: {
        title: 'There is no user “{{where}}”',
        next: 'Enter an ID, an email, a username, or a phone number.',
      },
      several: {
        title: 'Several users match “{{where}}”',
        next: 'A dossier covers one user: enter the ID.',
      },
      unread: {
        title: 'The server could not say whether there is a user “{{where}}”',
        next: 'Try again, or enter the ID.',
      },
    },
    mirror: {
      failed: {
        title: 'The offline copy failed',
        next: 'The server is not affected. Check disk space; you can remove the copy and create a new one.',
      },
      foreign: {
        title: 'This offline copy belongs to another server',
        next: 'Its rows are not shown for this tenant. Remove the copy to start a new one, or restore the tenant’s address.',
      },
      unowned: {
        title: 'This offline copy does not record which server it is from',
        next: 'An earlier version made it, so its rows are not shown. Delete the copy (in the terminal: desk copy --remove), then copy the tenant again.',
      },
      newer: {
        title: 'A newer version of the app made this offline copy',
        next: 'Open it with that version. To copy the tenant with this one, delete the copy first (in the terminal: desk copy --remove).',
      },
      empty: {
        title: 'This list has not been copied',
        next: 'Open it once while connected, or create an offline copy of the tenant, to have it available next time.',
      },
      members: {
        title: 'Memberships have not been copied',
        next: 'Create an offline copy with nested lists to know the memberships of all users.',
      },
    },
    snapshot: {
      foreign: {
        title: 'Not a Logto Desk snapshot',
        next: 'Choose a file that “Snapshot…” created. Nothing was changed.',
      },
      damaged: {
        title: 'The snapshot is damaged',
        next: 'Its contents do not match its checksum. Ask for a new one; nothing was imported.',
      },
      newer: {
        title: 'The snapshot is from a newer version',
        next: 'Open it with the version named here, or a later one.',
      },
      passphrase: {
        title: 'The snapshot is encrypted',
        next: 'Enter the passphrase it was created with. A wrong passphrase looks the same as a damaged file.',
      },
      without: {
        title: 'This is not in the snapshot',
        next: 'It was not in the copy that the snapshot was taken from. Ask for a snapshot that includes it.',
      },
      no_server: {
        title: 'A snapshot has no server',
        next: 'It shows the tenant as it was when the snapshot was taken.',
      },
    },
    changes: {
      locked: {
        title: 'Changes to {{where}} are locked',
        next: 'Unlock changes for this tenant; they stay unlocked for 15 minutes.',
      },
      confirm: {
        title: 'This plan needs the name of the tenant',
        next: 'Type “{{where}}” to confirm.',
      },
      operation: {
        title: 'There is no such change',
        next: 'Check the name of the change and its fields.',
      },
      incomplete: {
        title: 'The list could not be read completely',
        next: 'Nothing was planned, because some rows would be left out. Try again, or select rows.',
      },
      rows_hidden: {
        title: 'The server does not show or count all rows of {{where}}',
        next: 'Nothing was sent, because some rows would be left out. Try again, or override the guard “rows-hidden”.',
      },
      taken: {
        title: 'Another program is making these changes',
        next: 'Nothing was sent twice. The journal shows the outcome of each change.',
      },
      paused: { title: 'Paused; changes already made stay.', next: 'Resume to make the rest.' },
      plan_gone: {
        title: 'This plan is no longer available',
        next: 'Make the plan again.',
      },
      plan_foreign: {
        title: 'This plan is for another tenant',
        next: 'It was made for {{where}}. Apply it there.',
      },
      plan_moved: {
        title: 'The tenant has changed since this plan was made',
        next: 'Make the plan again, and review it.',
      },
      plan_applied: {
        title: 'This plan has already been applied',
        next: 'The journal shows its outcome, as job {{where}}. Resume that job, or make the plan again.',
      },
      plan_damaged: {
        title: 'This is not a valid plan',
        next: 'It may have been edited or damaged. Make the plan again.',
      },
      plan_newer: {
        title: 'A newer version of Logto Desk made this plan',
        next: 'Update Logto Desk to apply it.',
      },
      plan_empty: {
        title: 'This plan changes nothing',
        next: 'There is nothing to apply.',
      },
      secret_gone: {
        title: 'A password or other secret of this plan is gone',
        next: 'Secrets are kept in memory only. Enter it again, and make the plan again.',
      },
      source_moved: {
        title: 'The imported file has changed since this plan was made',
        next: 'Make the plan again from the current file.',
      },
      journal: {
        title: 'The journal of changes cannot be used',
        next: 'Nothing was changed. Check the disk space and the permissions of {{where}}.',
      },
      unfound: {
        title: 'The user that the server fails on was not found',
        next: 'Look for the ID in audit logs or the database.',
      },
      unknown: {
        title: 'The server did not say whether the change was made',
        next: 'Look at the object before you try again.',
      },
      dropped: {
        title: 'The server accepted the change but did not make all of it',
        next: 'It ignored: {{where}}.',
      },
      refused: {
        title: 'A guard refused the change just before it was sent',
        next: 'Plan it again to see why.',
      },
    },
    image: {
      refused: {
        title: 'The image was not loaded',
        next: 'Images are loaded only if the tenant’s settings allow it, from public https addresses, up to 1 MB.',
      },
    },
    import: {
      unreadable: {
        title: 'The file {{where}} cannot be read',
        next: 'Use CSV, Excel (.xlsx), or NDJSON. Nothing was imported.',
      },
      too_large: {
        title: 'The file {{where}} is too large',
        next: 'Split it and import the parts one after another. Nothing was imported.',
      },
      changed: {
        title: 'The file {{where}} has changed',
        next: 'Import it again to make a plan from its current content.',
      },
      parts: { title: 'The file did not arrive as it was sent', next: 'Choose it again.' },
      gone: {
        title: 'The file is no longer available',
        next: 'Choose it again: files are kept only until Logto Desk locks or quits.',
      },
      columns: {
        title: 'The columns of {{where}} do not match',
        next: 'Say which column is which field, e.g. --map "Mail=primaryEmail", or leave one out with --map "Note=".',
      },
    },
    locked: { title: 'Logto Desk is locked', next: 'Unlock it, then try again.' },
    cancelled: { title: 'Canceled', next: 'Nothing was changed.' },
    program: {
      replaced: {
        title: 'Logto Desk was updated or moved while it was running',
        next: 'Quit it and start it again.',
      },
    },
    page: {
      part: {
        title: 'This part of the window cannot be shown',
        next: 'Try again. If it keeps happening, reload the window: tenants, views, and jobs are kept.',
      },
    },
    internal: {
      title: 'Something went wrong inside Logto Desk',
      next: 'Try again. The log file has details.',
    },
  },
} as const;
