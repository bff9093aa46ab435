import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MirrorAbout, MirroredList } from '../../core/router';
import { fullTitleOf } from '../../shared/phrases/catalog-words';
import { moment, number, phrases } from '../i18n';
import styles from './MirrorDialog.module.css';

export type CopiedList = Pick<MirroredList, 'rows' | 'wholeAt' | 'since' | 'seenAt'> & {
  key: string;
  title: string;
};

/** The lists as they are read: those below rows (the members of each role) as one, as old as the oldest of them. */
export const copiedLists = (t: TFunction, { lists, below }: Pick<MirrorAbout, 'lists' | 'below'>) =>
  [
    ...lists
      .filter(({ rows, wholeAt }) => rows > 0 || wholeAt !== null)
      .map((list): CopiedList => ({ ...list, key: list.resource, title: fullTitleOf(t, list.resource) })),
    ...below
      .filter(({ rows }) => rows > 0)
      .map(
        (list): CopiedList => ({
          ...list,
          since: null,
          key: `/${list.resource}`,
          title: fullTitleOf(t, list.resource),
        }),
      ),
  ].sort((a, b) => a.title.localeCompare(b.title, phrases.language));

/** What is copied of a tenant, by list: how many rows, whether they are all, and of when they are. */
export const CopiedLists = ({ lists }: { lists: readonly CopiedList[] }) => {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys
    <div className={styles.scroll} tabIndex={0}>
      <table className={styles.lists}>
        <thead>
          <tr>
            <th>{t('mirror.list')}</th>
            <th className={styles.number}>{t('mirror.rows')}</th>
            <th>{t('mirror.state')}</th>
          </tr>
        </thead>
        <tbody>
          {lists.map(({ key, title, rows, wholeAt, since, seenAt }) => (
            <tr key={key}>
              <td>{title}</td>
              <td className={styles.number}>{number(rows)}</td>
              <td>
                {wholeAt === null
                  ? t('mirror.partly', { time: moment(seenAt) })
                  : since === null
                    ? t('mirror.whole', { time: moment(wholeAt) })
                    : t('mirror.wholeSince', { time: moment(wholeAt), since: moment(since) })}
              </td>
            </tr>
          ))}
          {lists.length === 0 && (
            <tr>
              <td colSpan={3}>{t('mirror.none')}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
};
