/** The name under which the operating system's keychain keeps our secrets; tests and second installations name their own. */
export const keychainService = process.env.LOGTO_DESK_KEYCHAIN_SERVICE ?? 'Logto Desk';
