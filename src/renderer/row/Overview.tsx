import { Anchor, Skeleton, UnstyledButton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { memo, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageOfRows } from '../../core/router';
import { hasFailed, isSignInOrFailure, withFailures } from '../../shared/failures';
import { columnTitle, relatedTitle } from '../../shared/phrases/catalog-words';
import { isSet } from '../../shared/readable-value';
import { type Row, valueAt } from '../../shared/row';
import { ErrorNotice } from '../common/ErrorNotice';
import { useRegionName } from '../common/view-side';
import { moment, number } from '../i18n';
import { errorOf } from '../link/api';
import { AsOf } from './AsOf';
import { CopyValue, copiedText, FieldValue } from './FieldValue';
import styles from './Overview.module.css';
import { Events, Factors, Names } from './OverviewLists';
import { copied, type OverviewList, type Overview as Told } from './overviews';
import { PartError, SaidErrors } from './PartError';
import { askAgain, idBelow, relatedId, relatedPage, relatedQuery } from './related';
import { type RelatedCount, relatedCount } from './related-count';
import type { Shown } from './use-object';

/** The panel follows the keyboard through a grid: of rows that are passed by, no lists are asked for. ms. */
const settledMs = 180;
/** True once an object was looked at for a moment. */
const useSettled = (): boolean => {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), settledMs);
    return () => clearTimeout(timer);
  }, []);
  return settled;
};

type Props = {
  shown: Shown;
  row: Row;
  overview: Told;
  /** Shows one of the object's sections. */
  onSection: (id: string) => void;
};

/** What matters first of an object. What is not known yet has a place, and only that; nothing unread is called empty. */
export const Overview = memo(({ shown, row, overview, onSection }: Props) => {
  const { t } = useTranslation();
  const { query, id, resource, related, columns } = shown;
  const settled = useSettled();
  const lists = useMemo(
    () =>
      overview.lists.flatMap((one) => {
        const found = related.find((other) => relatedId(other) === one.list);
        return found ? [{ ...one, related: found }] : [];
      }),
    [overview, related],
  );
  const pages = useQueries({
    queries: lists.map((one) => ({
      ...relatedPage(relatedQuery(query, one.related, idBelow(one.related, row, id))),
      enabled: settled,
    })),
  });
  const read = pages.filter(({ data }) => data !== undefined);
  const oldest = Math.min(...read.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const copies = read.flatMap(({ data }) => (data?.mirror ? [data.mirror.asOf] : []));
  const above = useContext(SaidErrors);
  const errors = pages
    .flatMap(({ error }) => (error ? [errorOf(error)] : []))
    .filter(({ code }) => !above.includes(code));
  // What keeps several lists back is said once.
  const common = errors.find(({ code }, at) => errors.findIndex((one) => one.code === code) < at);
  return (
    <SaidErrors value={common ? [...above, common.code] : above}>
      <div className={styles.overview}>
        {common && (
          <ErrorNotice
            compact
            error={common}
            onRetry={() => askAgain(query.profile)}
            profileId={query.profile}
          />
        )}
        <div className={styles.parts}>
          <Facts shown={shown} row={row} facts={overview.facts} columns={columns} />
          {lists.map((one, at) => {
            const page = pages[at];
            return (
              <Block
                key={`${one.list} ${one.as}`}
                shown={shown}
                list={one}
                title={one.as === 'signIns' ? t('row.signIns') : relatedTitle(t, resource.id, one.related)}
                page={page?.data}
                error={page?.error ?? null}
                refetch={page?.refetch}
                onSection={onSection}
              />
            );
          })}
        </div>
        {copies.length > 0 ? (
          <p className={styles.age}>{t('row.fromCopy', { time: moment(Math.min(...copies)) })}</p>
        ) : (
          read.length > 0 && <AsOf at={oldest} isUpdating={pages.some(({ isFetching }) => isFetching)} />
        )}
      </div>
    </SaidErrors>
  );
});

type Listed = OverviewList & { related: Shown['related'][number] };

const Rows = ({ shown, list, rows }: { shown: Shown; list: Listed; rows: readonly Row[] }) => {
  const { profile } = shown.query;
  if (list.as === 'events' || list.as === 'signIns')
    return <Events profile={profile} of={shown.resource.id} rows={rows} />;
  if (list.as === 'factors') return <Factors rows={rows} />;
  return <Names profile={profile} list={list.related.resource} rows={rows} />;
};

type FactsProps = Pick<Props, 'shown' | 'row'> & {
  facts: readonly string[];
  columns: Shown['columns'];
};

/** An object's own values that matter first; those that it does not have are left out, but for when it was last there. */
const Facts = memo(({ shown, row, facts, columns }: FactsProps) => {
  const { t } = useTranslation();
  const { resource, query, isWhole } = shown;
  return (
    <dl className={styles.facts}>
      {facts.map((id) => {
        const column = columns.find((one) => one.id === id) ?? resource.columns.find((one) => one.id === id);
        const value = valueAt(row, id);
        if (!column || (!isSet(value) && id !== 'lastSignInAt')) return null;
        const name = columnTitle(t, resource.id, id);
        return (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              {id === 'lastSignInAt' && !isSet(value) && Object.hasOwn(row, id) ? (
                <span className={styles.quiet}>{t('row.neverSignedIn')}</span>
              ) : !isWhole && !Object.hasOwn(row, id.split('.')[0] ?? id) ? (
                <Skeleton height={12} width={120} my="4xs" />
              ) : (
                <span>
                  <FieldValue profile={query.profile} list={resource.id} column={column} row={row} />
                </span>
              )}
              {copied.includes(id) && isSet(value) && (
                <>
                  {' '}
                  <CopyValue
                    text={copiedText(column, row)}
                    name={name}
                    sensitive={column.sensitive === true}
                  />
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
});

const countText = ({ rows, atLeast }: RelatedCount): string => `${number(rows)}${atLeast ? '+' : ''}`;

type BlockProps = {
  shown: Shown;
  list: Listed;
  title: string;
  page: PageOfRows | undefined;
  error: Error | null;
  refetch: (() => Promise<unknown>) | undefined;
  onSection: Props['onSection'];
};

/** Of the newest logs those of sign-ins, and of whatever failed: between them stand tokens by the dozen. */
const signInsOf = (page: PageOfRows): PageOfRows => ({ ...page, rows: page.rows.filter(isSignInOrFailure) });

/** A list in the overview: its first rows, how many there are, and the way to all of them. */
const Block = memo((props: BlockProps) => {
  const { t } = useTranslation();
  const { shown, list, title, page: read, error, refetch, onSection } = props;
  const { as, most } = list;
  const regionName = useRegionName();
  const isPicked = as === 'signIns';
  const page = read && isPicked ? signInsOf(read) : read;
  const partly = page?.mirror !== undefined && !page.mirror.whole;
  const isAllCopied = partly && read !== undefined && read.total !== null && read.total <= read.rows.length;
  const known = page && relatedCount(page);
  // Of what is picked, all that was looked through is here.
  const failed = isPicked ? (page?.rows ?? []).filter(hasFailed).length : 0;
  const count = !page || !known ? null : isPicked ? number(page.rows.length) : countText(known);
  return (
    <section className={styles.block} data-as={as} aria-label={regionName(title)} aria-busy={!page && !error}>
      <h3 className={styles.title}>
        {title}
        {count !== null && page && page.rows.length > 0 && <span className={styles.quiet}> {count}</span>}
        {isPicked && read && read.rows.length > 0 && (
          <span className={styles.quiet}>
            {' '}
            {t(isAllCopied ? 'row.ofCopied' : partly ? 'row.ofNewestCopied' : 'row.ofNewest', {
              count: read.rows.length,
            })}
            {failed > 0 && ` · ${t('row.ofThemFailed', { count: failed })}`}
          </span>
        )}
      </h3>
      {page && page.rows.length > 0 && (
        <Rows
          shown={shown}
          list={list}
          rows={isPicked ? withFailures(page.rows, most) : page.rows.slice(0, most)}
        />
      )}
      {page && page.rows.length === 0 && !error && (
        <span className={styles.quiet}>{t(partly && !isPicked ? 'row.nothingCopied' : 'row.nothing')}</span>
      )}
      {page && known && !isPicked && (page.rows.length > most || known.rows > page.rows.length) && (
        <UnstyledButton className={styles.all} onClick={() => onSection(list.list)}>
          <Anchor component="span" fz="xs">
            {t('row.showAll', { text: count ?? '' })}
          </Anchor>
        </UnstyledButton>
      )}
      {!page && !error && (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton height={11} width="70%" my="4xs" />
          <Skeleton height={11} width="45%" my="4xs" />
        </div>
      )}
      {error && <PartError error={errorOf(error)} onRetry={() => void refetch?.()} />}
    </section>
  );
});
