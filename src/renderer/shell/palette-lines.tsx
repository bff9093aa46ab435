import { IconBookmark, IconHistory } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, placedResources, resourceOf } from '../../shared/catalog';
import { singularOf, titleOf } from '../../shared/phrases/catalog-words';
import { rankOf, ranks } from '../../shared/rank';
import { queryOfView } from '../../shared/saved-view';
import { shownText } from '../../shared/shown';
import type { Place } from '../commands/command';
import { commandsFor, tenantKey } from '../commands/commands';
import { usePlace } from '../commands/place';
import { ResourceIcon } from '../common/resource-icons';
import { TenantMark } from '../common/TenantMark';
import { phrases } from '../i18n';
import { useLackedLists } from '../state/capabilities';
import type { KnownProfile } from '../state/profiles';
import { useViews } from '../state/views';
import { openQuery, showTenant, useWorkspace } from '../state/workspace';
import { type Item, identityOf, onceEach, weights } from './palette-items';
import type { CopyHit, Searched } from './palette-search';

/** A row that has a page opens there; another one its list. */
const openHit = ({ profile, resource: name, parent, id }: CopyHit, keep: boolean) => {
  const resource = resourceOf(name);
  const page = pageResourceOf(resource);
  if (page.itemPath) openQuery({ profile, resource: page.id, filters: {} }, id, { keep });
  else
    openQuery({ profile, resource: name, filters: {}, ...(parent ? { parent } : {}) }, undefined, { keep });
};

/** What was looked at last, in tenants that are still there. */
export const useRecent = (profiles: readonly KnownProfile[]): Item[] => {
  const { t } = useTranslation();
  const recent = useWorkspace((state) => state.recent);
  return (recent ?? []).flatMap(({ profile, resource, id, name }) => {
    const tenant = profiles.find((one) => one.id === profile);
    if (!tenant) return [];
    return {
      id: identityOf({ profile, resource, id }),
      label: shownText(name, 80),
      detail: `${singularOf(t, resource)} · ${tenant.name}`,
      icon: <IconHistory size={18} />,
      words: [],
      weight: weights.object,
      act: (keep) => openQuery({ profile, resource, filters: {} }, id, { keep }),
    };
  });
};

/** The commands that can be given in a place. */
export const commandItems = (t: TFunction, place: Place): Item[] =>
  commandsFor(place)
    .filter(({ isUnlisted }) => !isUnlisted)
    .map(({ id, label, icon: Icon, words, key, do: act }) => ({
      id: `command/${id}`,
      label: label(t, place),
      detail: '',
      icon: <Icon size={18} />,
      words: words ? [words(t)] : [],
      weight: weights.command,
      ...(key ? { keys: key.shown } : {}),
      act: () => act(place),
      isCommand: true,
    }));

/** Everything that can be gone to or done without asking anybody. */
export const useKnown = (profiles: readonly KnownProfile[], front: KnownProfile | null): Item[] => {
  const { t } = useTranslation();
  const { views } = useViews();
  const place = usePlace();
  const lacked = useLackedLists(profiles);
  const ordered = [...profiles].sort((a, b) => Number(b.id === front?.id) - Number(a.id === front?.id));
  return [
    ...ordered.flatMap((profile) =>
      placedResources.map((resource): Item => {
        const lacks = lacked.get(profile.id)?.has(resource.id);
        const query = { profile: profile.id, resource: resource.id, filters: {} };
        return {
          id: `list/${profile.id}/${resource.id}`,
          label: t('palette.openList', { list: titleOf(t, resource.id) }),
          detail: lacks ? t('palette.lacked', { tenant: profile.name }) : profile.name,
          icon: <ResourceIcon resource={resource} size={18} />,
          words: [titleOf(t, resource.id), singularOf(t, resource.id)],
          context: [profile.name, profile.label],
          weight: profile.id === front?.id ? weights.list : weights.otherList,
          ...(profile.id === front?.id ? { opens: query } : {}),
          act: (keep) => openQuery(query, undefined, { keep }),
        };
      }),
    ),
    ...(front
      ? views.map(
          (view): Item => ({
            id: `view/${view.name}`,
            label: t('views.go', { name: view.name }),
            detail: front.name,
            icon: <IconBookmark size={18} />,
            words: [view.name],
            weight: weights.view,
            act: (keep) => openQuery(queryOfView(view, front.id), undefined, { keep }),
          }),
        )
      : []),
    ...commandItems(t, place),
    ...profiles.map(
      (profile, at): Item => ({
        id: `tenant/${profile.id}`,
        label: t('palette.switchTo', { tenant: profile.name }),
        detail: '',
        icon: <TenantMark profile={profile} />,
        words: [profile.name, profile.label],
        weight: weights.tenant,
        keys: tenantKey(at),
        act: () => showTenant(profile.id),
      }),
    ),
  ];
};

/**
 * What the search found, each object once, and the current tenant's first. It fits however it was found; what was found for
 * an earlier text has to have the one that is there now.
 */
export const objectItems = (
  {
    typed,
    front,
    profiles,
  }: { typed: string; front: KnownProfile | null; profiles: readonly KnownProfile[] },
  { objects, areOld, copies, areCopiesOld }: Searched,
): Item[] => {
  const { t } = phrases;
  const saidOf = (profile: string, resource: string, more: string) => {
    const tenant = profiles.find(({ id }) => id === profile)?.name;
    return [
      singularOf(t, resource),
      ...(tenant ? [tenant] : []),
      ...(more ? [shownText(more, 90)] : []),
    ].join(' · ');
  };
  return onceEach([
    ...(front ? objects : []).map(
      ({ resource, id, label, detail, rank }): Item => ({
        id: identityOf({ profile: front?.id ?? '', resource, id }),
        label: shownText(label, 80),
        detail: saidOf(front?.id ?? '', resource, detail),
        icon: <ResourceIcon resource={resourceOf(resource)} size={18} />,
        words: [label, detail, id],
        weight: weights.object,
        ...(areOld ? {} : { found: rank }),
        act: (keep) => openQuery({ profile: front?.id ?? '', resource, filters: {} }, id, { keep }),
      }),
    ),
    ...copies.map(
      (hit): Item => ({
        id: identityOf(hit),
        label: shownText(hit.label, 80),
        detail: saidOf(hit.profile, hit.resource, hit.snippet === hit.label ? '' : hit.snippet),
        icon: <ResourceIcon resource={pageResourceOf(resourceOf(hit.resource))} size={18} />,
        words: [hit.snippet],
        weight: hit.profile === front?.id ? weights.object : weights.otherObject,
        ...(areCopiesOld ? {} : { found: rankOf(typed, [hit.label, hit.snippet, hit.id]) ?? ranks.other }),
        act: (keep) => openHit(hit, keep),
      }),
    ),
  ]);
};
