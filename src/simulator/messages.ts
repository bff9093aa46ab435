/**
 * Server messages by language: Logto localizes `message` by `Accept-Language` (FACTS errors). Those of writes stand in the
 * language they were measured in.
 */
const messages = {
  'auth.authorization_header_missing': {
    en: 'Authorization header is missing.',
    de: 'Authorization-Header fehlt.',
    ja: 'Authorization ヘッダーがありません。',
    ko: 'Authorization 헤더가 없어요.',
  },
  'auth.unauthorized': {
    en: 'Unauthorized. Please check credentials and its scope.',
    de: 'Unbefugt. Bitte überprüfe deine Anmeldedaten und Berechtigungen.',
    ja: '認証されていません。資格情報とそのスコープを確認してください。',
    ko: '인증되지 않았어요. 자격 증명과 범위를 확인해 주세요.',
  },
  'auth.forbidden': {
    en: 'Forbidden. Please check your user roles and permissions.',
    de: 'Verboten. Bitte überprüfe deine Rollen und Berechtigungen.',
    ja: '禁止されています。ユーザーの役割と権限を確認してください。',
    ko: '접근이 금지되었어요. 사용자 역할과 권한을 확인해 주세요.',
  },
  'guard.invalid_pagination': {
    en: 'The request pagination value is invalid.',
    de: 'Der Pagination-Wert der Anfrage ist ungültig.',
    ja: 'リクエストのページネーションの値が無効です。',
    ko: '요청한 페이지 값이 유효하지 않아요.',
  },
  'entity.not_found': {
    en: 'The resource does not exist.',
    de: 'Die Ressource wurde nicht gefunden.',
    ja: 'リソースが存在しません。',
    ko: '리소스가 존재하지 않아요.',
  },
  'log.invalid_time_window': {
    en: 'The start time must not be later than the end time.',
    de: 'Die Startzeit darf nicht nach der Endzeit liegen.',
    ja: '開始時刻は終了時刻より後にできません。',
    ko: '시작 시간은 종료 시간보다 늦을 수 없어요.',
  },
  'user.username_already_in_use': {
    en: 'This username is already in use.',
    de: 'Dieser Benutzername wird bereits verwendet.',
    ja: 'このユーザー名はすでに使用されています。',
    ko: '이 사용자 이름은 이미 사용 중이에요.',
  },
  'guard.invalid_input': {
    en: 'The request body is invalid.',
    de: 'Der Anfrageinhalt ist ungültig.',
    ja: 'リクエスト本文が無効です。',
    ko: '요청 본문이 유효하지 않아요.',
  },
  'application.invalid_role_type': {
    en: 'Can not assign user type role to machine to machine application.',
  },
  'application.invalid_third_party_application_type': {
    en: 'Only traditional web, single-page, and native applications can be marked as third-party apps.',
  },
  'application.invalid_type': { en: 'Only machine to machine applications can have associated roles.' },
  'application.no_legacy_secret_found': { en: 'The application does not have a legacy secret.' },
  'application.protected_app_metadata_is_required': { en: 'Protected app metadata is required.' },
  'application.protected_app_not_configured': {
    en: 'Protected app provider is not configured. This feature is not available for open source version.',
  },
  'application.saml.can_not_delete_active_secret': { en: 'Can not delete the active secret.' },
  'application.saml.use_saml_app_api': {
    en: 'Use `[METHOD] /saml-applications(/.*)?` API to operate SAML app.',
  },
  'application.secret_name_exists': { en: 'Secret name already exists.' },
  'connector.invalid_config': { en: "The connector's config is invalid." },
  'connector.not_found': { en: 'Cannot find any available connector for type: {{type}}.' },
  'connector.not_found_with_connector_id': {
    en: 'Can not find connector with given standard connector id.',
  },
  'domain.not_configured': { en: 'Domain hostname provider is not configured.' },
  'entity.db_constraint_violated': { en: 'Database constraint violated.' },
  'entity.invalid_input': { en: 'Invalid input. Value list must not be empty.' },
  'entity.not_exists': { en: 'The {{name}} does not exist.' },
  'entity.not_exists_with_id': { en: 'The {{name}} with ID `{{id}}` does not exist.' },
  'entity.relation_foreign_key_not_found': {
    en: 'Cannot find one or more foreign keys. Please check the input and ensure that all referenced entities exist.',
  },
  'entity.unique_integrity_violation': {
    en: 'The entity already exists. Please check the input and try again.',
  },
  'entity.value_too_long': { en: 'The length of value is too long and exceeds the limit.' },
  'hook.endpoint_responded_with_error': { en: 'Endpoint responded with error.' },
  'hook.missing_events': { en: 'You need to provide at least one event.' },
  'hook.send_test_payload_failed': { en: 'Failed to send test payload: {{message}}' },
  'oidc.invalid_grant': { en: 'Grant request is invalid.' },
  'oidc.session_not_found': { en: 'Session not found.' },
  'one_time_token.active_token_not_found': { en: 'Active token not found.' },
  'one_time_token.cannot_reactivate_token': { en: 'Cannot reactivate the token.' },
  'one_time_token.email_mismatch': { en: 'Email mismatch. The provided email does not match the token.' },
  'one_time_token.token_consumed': { en: 'The token has been consumed.' },
  'one_time_token.token_expired': { en: 'The token is expired.' },
  'one_time_token.token_not_found': { en: 'Token not found with the given email and token.' },
  'one_time_token.token_revoked': { en: 'The token has been revoked.' },
  'organization.require_membership': {
    en: 'The user must be a member of the organization to proceed.',
  },
  'organization.role_names_not_found': {
    en: 'Invalid role names detected: {{names}}. Please create these roles first before proceeding.',
  },
  'password.invalid_legacy_password_format': { en: 'Invalid legacy password format.' },
  'request.invalid_input': { en: 'Input is invalid. {{details}}' },
  'resource.cannot_delete_management_api': { en: 'Cannot delete Logto Management API.' },
  'resource.cannot_modify_management_api': { en: 'Cannot modify Logto Management API.' },
  'resource.resource_identifier_in_use': { en: 'The API identifier {{indicator}} is already in use' },
  'role.application_exists': {
    en: 'The application id {{applicationId}} is already been added to this role',
  },
  'role.management_api_scopes_not_assignable_to_user_role': {
    en: 'Cannot assign Management API scopes to a user role.',
  },
  'role.name_in_use': { en: 'This role name {{name}} is already in use' },
  'role.scope_exists': { en: 'The scope id {{scopeId}} has already been added to this role' },
  'role.user_exists': { en: 'The user id {{userId}} is already been added to this role' },
  'scope.name_exists': { en: 'The scope name {{name}} is already in use' },
  'scope.name_with_space': { en: 'The name of the scope cannot contain any spaces.' },
  'session.invalid_credentials': { en: 'Incorrect account or password. Please check your input.' },
  'session.mfa.backup_code_can_not_be_alone': { en: 'Backup code can not be the only MFA.' },
  'sign_in_experiences.backup_code_cannot_be_enabled_alone': {
    en: 'Backup code cannot be enabled alone.',
  },
  'sign_in_experiences.enabled_connector_not_found': { en: 'Enabled {{type}} connector not found.' },
  'sign_in_experiences.password_expiration_not_enabled': {
    en: 'Password expiration policy is not enabled. Enable it in the sign-in experience settings before expiring passwords.',
  },
  'single_sign_on.duplicate_connector_name': {
    en: 'Connector name already exists. Please choose a different name.',
  },
  'single_sign_on.forbidden_domains': { en: 'Public email domains are not allowed.' },
  'user.backup_code_already_in_use': { en: 'Backup code is already in use.' },
  'user.cannot_delete_self': { en: 'You cannot delete yourself.' },
  'user.email_already_in_use': { en: 'This email is associated with an existing account.' },
  'user.identity_already_in_use': {
    en: 'The social account has been associated with an existing account.',
  },
  'user.identity_not_exist': { en: 'The social account has not been registered yet.' },
  'user.invalid_phone': { en: 'Invalid phone number.' },
  'user.invalid_role_type': {
    en: 'Invalid role type, can not assign machine-to-machine role to user.',
  },
  'user.password_algorithm_required': { en: 'Password algorithm is required.' },
  'user.password_and_digest': { en: 'You cannot set both plain text password and password digest.' },
  'user.personal_access_token_name_exists': { en: 'Personal access token name already exists.' },
  'user.phone_already_in_use': {
    en: 'This phone number is associated with an existing account.',
  },
  'user.totp_already_in_use': { en: 'TOTP is already in use.' },
} as const satisfies Readonly<Record<string, { en: string; de?: string; ja?: string; ko?: string }>>;

export type MessageCode = keyof typeof messages;
type Language = 'en' | 'de' | 'ja' | 'ko';

/** The first language of an `Accept-Language` header that the server speaks. */
export const languageOf = (header: string | undefined): Language => {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (tag === 'en' || tag === 'de' || tag === 'ja' || tag === 'ko') return tag;
  }
  return 'en';
};

/** The message, with what it names filled in; a place that nothing fills stays as it is written, as on real servers. */
export const messageOf = (
  code: MessageCode,
  language: Language,
  fill: Readonly<Record<string, string>> = {},
): string => {
  const texts: { en: string; de?: string; ja?: string; ko?: string } = messages[code];
  return (texts[language] ?? texts.en).replace(/\{\{(\w+)\}\}/g, (hole, name: string) => fill[name] ?? hole);
};
