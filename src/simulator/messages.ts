/** Server messages by language: Logto localizes `message` by `Accept-Language` (FACTS errors). */
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
    de: 'Dieser Benutzername ist bereits vergeben.',
    ja: 'このユーザー名はすでに使用されています。',
    ko: '이 사용자 이름은 이미 사용 중이에요.',
  },
  'guard.invalid_input': {
    en: 'The request body is invalid.',
    de: 'Der Anfrageinhalt ist ungültig.',
    ja: 'リクエスト本文が無効です。',
    ko: '요청 본문이 유효하지 않아요.',
  },
} as const;

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

export const messageOf = (code: MessageCode, language: Language): string => messages[code][language];
