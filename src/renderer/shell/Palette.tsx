import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconBookmark, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, placedResources, resourceOf } from '../../shared/catalog';
import { singularOf, titleOf } from '../../shared/phrases/catalog-words';
import { queryOfView } from '../../shared/saved-view';
import { shownText } from '../../shared/shown';
import { ResourceIcon } from '../common/resource-icons';
import { TenantMark } from '../common/TenantMark';
import { api } from '../link/api';
import { useLackedLists } from '../state/capabilities';
import { useProfiles } from '../state/profiles';
import { useViews } from '../state/views';
import { openQuery, showTenant } from '../state/workspace';
import { commandsFor, usePlace } from './commands';
import { tenantKey } from './shortcuts';

/** Actions that have every typed word somewhere, in any order. */
const matching = (typed: string, actions: (SpotlightActionData | SpotlightActionGroupData)[]) => {
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  return actions.filter((action) => {
    if (!('id' in action)) return true;
    const text = [action.label, action.description, action.keywords]
      .flat()
      .join(' ')
      .normalize('NFC')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
};

/** Rows of the tenants' mirrors in which what was typed stands, a moment after it was typed. */
const useHits = (profiles: readonly string[]) => {
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), 120);
  const isSearched = (asked: string) => isWorthSearching(asked) && profiles.length > 0;
  const { data, error } = useQuery({
    queryKey: ['hits', profiles, text],
    queryFn: ({ signal }) => api.mirror.search.query({ profiles: [...profiles], text }, { signal }),
    enabled: isSearched(text),
    retry: false,
  });
  const { hits = [], unread = 0, refused = [] } = data ?? {};
  return {
    hits: hits.slice(0, 8).map((hit) => ({ ...hit, typed })),
    unread,
    // A search that failed was none of any copy.
    refused: error ? profiles : refused,
    searching: isSearched(typed.trim()) && (typed.trim() !== text || (!data && !error)),
    setTyped,
  };
};

/** One Latin letter is in nearly every row; one Chinese character may be a whole name. */
const isWorthSearching = (text: string) => text.length >= 2 || /[^\p{ASCII}]/u.test(text);

type Hit = Awaited<ReturnType<typeof api.mirror.search.query>>['hits'][number];

/** A row that has a page opens there; another one its list. */
const openHit = ({ profile, resource: name, parent, id }: Hit) => {
  const resource = resourceOf(name);
  const page = pageResourceOf(resource);
  if (page.itemPath) openQuery({ profile, resource: page.id, filters: {} }, id);
  else openQuery({ profile, resource: name, filters: {}, ...(parent ? { parent } : {}) });
};

/** Everything by typing: tenants, their lists, commands, and any row of what was mirrored. */
export const Palette = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const { views } = useViews();
  const place = usePlace();
  const current = place.tenant?.id;
  const ordered = [...profiles].sort((a, b) => Number(b.id === current) - Number(a.id === current));
  const { hits, unread, refused, searching, setTyped } = useHits(profiles.map(({ id }) => id));
  const lacked = useLackedLists(profiles);
  const nameOf = (tenant: string) => profiles.find(({ id }) => id === tenant)?.name ?? tenant;
  const nothing = () => {
    if (searching) return t('palette.searching');
    if (refused.length > 0) return t('palette.notSearched', { tenants: refused.map(nameOf).join(', ') });
    return t(unread > 0 ? 'palette.nothingNewest' : 'palette.nothing');
  };
  const actions: SpotlightActionData[] = [
    ...hits.map((hit) => ({
      id: `hit/${hit.profile}/${hit.resource}/${hit.parent}/${hit.id}`,
      label: shownText(hit.label, 80),
      description: t('mirror.hit', {
        list: singularOf(t, hit.resource),
        tenant: nameOf(hit.profile),
        snippet: shownText(hit.snippet, 80),
      }),
      // What the mirror found fits, however it was found.
      keywords: [hit.typed],
      leftSection: <ResourceIcon resource={pageResourceOf(resourceOf(hit.resource))} size={18} />,
      onClick: () => openHit(hit),
    })),
    ...ordered.flatMap((profile) =>
      placedResources.map((resource) => ({
        id: `${profile.id}/${resource.id}`,
        label: t('palette.openList', { list: titleOf(t, resource.id) }),
        description: lacked.get(profile.id)?.has(resource.id)
          ? t('palette.lacked', { tenant: profile.name })
          : profile.name,
        keywords: [profile.label, singularOf(t, resource.id)],
        leftSection: <ResourceIcon resource={resource} size={18} />,
        onClick: () => openQuery({ profile: profile.id, resource: resource.id, filters: {} }),
      })),
    ),
    ...(current
      ? views.map((view) => ({
          id: `view/${view.name}`,
          label: t('views.go', { name: view.name }),
          description: ordered[0]?.name ?? '',
          leftSection: <IconBookmark size={18} />,
          onClick: () => openQuery(queryOfView(view, current)),
        }))
      : []),
    ...profiles.map((profile, at) => ({
      id: `tenant/${profile.id}`,
      label: t('palette.switchTo', { tenant: profile.name }),
      description: tenantKey(at),
      leftSection: <TenantMark profile={profile} />,
      onClick: () => showTenant(profile.id),
    })),
    ...commandsFor(place)
      .filter(({ isKeyOnly }) => !isKeyOnly)
      .map(({ id, label, icon: Icon, key, do: act }) => ({
        id,
        label: label(t, place),
        ...(key ? { description: key.shown } : {}),
        leftSection: <Icon size={18} />,
        onClick: () => act(place),
      })),
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      onQueryChange={setTyped}
      filter={matching}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      styles={{ actionDescription: { color: 'inherit', opacity: 1 } }}
      highlightQuery
      limit={12}
      nothingFound={nothing()}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
      scrollable
      maxHeight={420}
    />
  );
};
