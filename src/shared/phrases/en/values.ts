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
    signInMode: {
      SignIn: 'Sign-in only',
      Register: 'Sign-up only',
      SignInAndRegister: 'Sign-in and sign-up',
    },
    terms: {
      Automatic: 'By continuing',
      ManualRegistrationOnly: 'Checkbox at sign-up',
      Manual: 'Checkbox at sign-up and sign-in',
    },
    identifier: { username: 'Username', email: 'Email', phone: 'Phone' },
    mfaPolicy: {
      UserControlled: 'Users decide',
      Mandatory: 'Mandatory',
      NoPrompt: 'Users decide, without being asked',
      PromptOnlyAtSignIn: 'Users decide, asked at sign-in',
      PromptAtSignInAndSignUp: 'Users decide, asked at sign-in and sign-up',
      PromptOnlyAtSignInMandatory: 'Mandatory, asked at sign-in',
      PromptAtSignInAndSignUpMandatory: 'Mandatory, asked at sign-in and sign-up',
    },
    accountField: { Off: 'Off', ReadOnly: 'Read-only', Edit: 'Editable' },
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
