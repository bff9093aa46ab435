import { Anchor, Button, VisuallyHidden } from '@mantine/core';
import { IconCopyPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findResource, pageResourceOf } from '../../shared/catalog';
import { columnTitle, fullTitleOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { seenAsked } from '../../shared/seen-asked';
import { type SeenChange, type SeenFilter, seenKinds, type ToldList } from '../../shared/seen-changes';
import { shownText } from '../../shared/shown';
import { Changed } from '../changes/Changed';
import { useChosen } from '../changes/chosen';
import styles from '../changes/Journal.module.css';
import { ChoiceFilter, cell, OwnFilters, OwnFoot, TextFilter, TimeFilter } from '../changes/OwnBar';
import { UnlockChip } from '../changes/UnlockChip';
import { WindowedList } from '../changes/WindowedList';
import { ExportButton } from '../commands/ExportButton';
import { RefreshButton } from '../commands/RefreshButton';
import { clock, moment, number, phrases } from '../i18n';
import { api } from '../link/api';
import { chosenZone } from '../state/chosen-zone';
import { askExport, showMirror } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { queries } from '../state/queries';
import { openQuery } from '../state/workspace';
import own from './Seen.module.css';

const rowHeight = 30;

const nameOf = ({ label, row }: SeenChange) => shownText(label || row, 120);

/** The list of a row; of one below a row with the name of that. */
const listOf = ({ resource, parent, parentLabel }: SeenChange): string => {
  const list = fullTitleOf(phrases.t, resource);
  if (parent === '') return list;
  return phrases.t('seen.below', { list, parent: shownText(parentLabel || parent, 80) });
};

const fieldsOf = ({ kind, resource, now }: SeenChange): string =>
  kind === 'changed'
    ? Object.keys(now)
        .map((field) => columnTitle(phrases.t, resource, field))
        .join(', ')
    : '';

type Props = { tabId: string; query: Query; profile: KnownProfile };

/** One change: of what, between which moments, and what was and is. */
const SeenDetail = ({ profile, change }: { profile: string; change: SeenChange }) => {
  const { t } = useTranslation();
  const resource = findResource(change.resource);
  const page = resource && pageResourceOf(resource);
  const target = {
    resource: change.resource,
    id: change.row,
    parent: change.parent,
    label: change.label,
  };
  const name = nameOf(change);
  return (
    <article className={styles.entry} aria-label={name}>
      <h2 className={styles.title}>
        {t(`seen.kinds.${change.kind}`)}
        <span className={styles.outcome}>{listOf(change)}</span>
      </h2>
      <p className={styles.object}>
        {page?.itemPath && change.kind !== 'removed' ? (
          <Anchor
            component="button"
            fz="inherit"
            aria-label={t('changing.openObject', { name })}
            onClick={() => openQuery({ profile, resource: page.id, filters: {} }, change.row)}
          >
            {name}
          </Anchor>
        ) : (
          name
        )}
        {change.label !== change.row && <code>{shownText(change.row)}</code>}
      </p>
      <Changed
        profile={profile}
        change={{ operation: '', target, before: change.before, after: change.now }}
      />
      <p className={styles.said}>{t('seen.when', { after: moment(change.after), at: moment(change.at) })}</p>
    </article>
  );
};

/** Between which syncs lists were compared: beyond them nothing is known. */
const Told = ({ lists }: { lists: readonly ToldList[] }) => {
  const { t } = useTranslation();
  const from = Math.min(...lists.map((list) => list.from));
  const until = Math.max(...lists.map((list) => list.until));
  return (
    <details className={own.told}>
      <summary>
        {t('seen.span', { count: lists.length, from: moment(from), until: moment(until) })}
        <span>{t('seen.byList')}</span>
      </summary>
      <ul>
        {lists.map((list) => (
          <li key={list.resource}>
            {t('seen.ofList', {
              list: fullTitleOf(t, list.resource),
              from: moment(list.from),
              until: moment(list.until),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
};

/** What changed on a tenant, whoever changed it, as far as syncs of its offline copy tell. */
export const SeenView = ({ tabId, query, profile }: Props) => {
  const { t } = useTranslation();
  const [total, setTotal] = useState<number | null>(null);
  const [lists, setLists] = useState<readonly ToldList[] | null>(null);
  const { chosen, setChosen, chooseFirst, noteRead } = useChosen<SeenChange>();
  const filters = new OwnFilters<SeenFilter>(tabId, query, () => setChosen(null));
  const refresh = () => void queries.invalidateQueries({ queryKey: ['mirror', profile.id, 'seen'] });
  const exported = () =>
    askExport({ query, until: null, total: number(total ?? 0), matching: null, mirror: null, picked: [] });
  const isCompared = lists?.some((list) => list.until > list.from) === true;
  const empty = () => {
    if (profile.kind === 'snapshot') return t('seen.isSnapshot');
    if (!isCompared) return t('seen.notYet');
    return t(filters.isFiltered ? 'seen.noneMatch' : 'seen.none');
  };
  return (
    <article className={styles.view} aria-label={t('seen.title')} data-region="main" tabIndex={-1}>
      <VisuallyHidden component="h1">{t('seen.title')}</VisuallyHidden>
      <div>
        <div className={styles.bar}>
          <TextFilter filters={filters} filter="text" label={t('seen.search')} />
          <ChoiceFilter
            filters={filters}
            filter="kind"
            label={t('seen.kind')}
            width={120}
            any={t('seen.anyKind')}
            options={seenKinds.map((value) => ({ value, label: t(`seen.kinds.${value}`) }))}
          />
          <ChoiceFilter
            filters={filters}
            filter="list"
            label={t('seen.list')}
            width={170}
            any={t('seen.anyList')}
            searchable
            options={(lists ?? []).map(({ resource }) => ({
              value: resource,
              label: fullTitleOf(t, resource),
            }))}
          />
          <TimeFilter filters={filters} />
          <span className={styles.actions}>
            {profile.kind !== 'snapshot' && (
              <Button
                variant="default"
                leftSection={<IconCopyPlus size={14} />}
                onClick={() => showMirror(profile.id)}
              >
                {t('mirror.open')}
              </Button>
            )}
            <RefreshButton onRefresh={refresh} />
            <ExportButton disabled={!total} onExport={exported} />
          </span>
        </div>
        {lists && (isCompared || (total ?? 0) > 0) && <Told lists={lists} />}
      </div>
      <div className={styles.body}>
        <div className={styles.rows}>
          <div className={`${styles.head} ${own.line}`} aria-hidden>
            <span>{`${t('seen.found')} (${chosenZone()})`}</span>
            <span>{t('seen.kind')}</span>
            <span>{t('changing.columns.object')}</span>
            <span>{t('seen.list')}</span>
            <span className={styles.who}>{t('seen.fields')}</span>
          </div>
          <WindowedList<SeenChange>
            label={t('seen.title')}
            queryKey={['mirror', profile.id, 'seen', query.filters]}
            load={async (page, signal) => {
              const asked = { profile: profile.id, ...seenAsked(query, Date.now()), ...page };
              const found = await api.mirror.changes.query(asked, { signal });
              setLists(found.lists);
              // Where a copy was removed meanwhile, what was chosen is not there any more.
              noteRead(found.changes, found.total);
              return { total: found.total, items: found.changes };
            }}
            rowHeight={rowHeight}
            kind="table"
            idOf={({ id }) => String(id)}
            chosen={chosen ? String(chosen.id) : null}
            onChoose={setChosen}
            onTotal={setTotal}
            onShown={chooseFirst}
            empty={lists === null ? '' : empty()}
            render={(change) => (
              <span className={`${styles.line} ${own.line}`} role="presentation">
                <span {...cell} className={styles.quiet}>
                  {clock(change.at)}
                </span>
                <span {...cell} data-kind={change.kind} className={own.kind}>
                  {t(`seen.kinds.${change.kind}`)}
                </span>
                <span {...cell} title={nameOf(change)}>
                  {nameOf(change)}
                </span>
                <span {...cell} className={styles.quiet} title={listOf(change)}>
                  {listOf(change)}
                </span>
                <span {...cell} className={`${styles.who} ${styles.quiet}`} title={fieldsOf(change)}>
                  {fieldsOf(change)}
                </span>
              </span>
            )}
          />
        </div>
        <div className={styles.panel}>
          {chosen && <SeenDetail key={chosen.id} profile={profile.id} change={chosen} />}
        </div>
      </div>
      <OwnFoot
        profile={profile}
        // That there are none is only known where something was compared.
        rows={total === null || (total === 0 && !isCompared) ? '' : t('seen.count', { count: total })}
        why={t('seen.why')}
      >
        <UnlockChip profile={profile} />
      </OwnFoot>
    </article>
  );
};
