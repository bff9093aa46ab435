/** What the values of enumerations are called, by their vocabulary (`Column.words`). */
export const values = {
  values: {
    application: {
      Native: 'Native app',
      SPA: 'Single-page app',
      Traditional: 'Traditional web',
      MachineToMachine: 'Machine-to-machine',
      Protected: 'Protected app',
      SAML: 'SAML app',
    },
    role: { User: 'User', MachineToMachine: 'Machine-to-machine' },
    connector: { Social: 'Social', Email: 'Email', Sms: 'SMS' },
    factor: {
      Totp: 'Authenticator app',
      WebAuthn: 'Passkey',
      BackupCode: 'Backup codes',
      EmailVerificationCode: 'Email code',
      PhoneVerificationCode: 'SMS code',
    },
    outcome: { Success: 'Success', Error: 'Error' },
  },
} as const;
