import {
  IconApi,
  IconApps,
  IconAt,
  IconBolt,
  IconBraces,
  IconBuildingCommunity,
  IconCertificate,
  IconChartBar,
  IconClipboardList,
  IconForms,
  IconHistory,
  IconHome,
  IconKey,
  IconLanguage,
  IconListCheck,
  IconLogin2,
  IconMail,
  IconMailForward,
  IconNotebook,
  IconPlug,
  IconProgressCheck,
  IconPuzzle,
  IconRobot,
  IconShieldHalf,
  IconTable,
  IconTicket,
  IconUserCog,
  IconUsers,
  IconWebhook,
  IconWorld,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { IconName, Resource } from '../../shared/catalog';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import { type OwnIcon, ownViewOf } from '../../shared/own-view';
import type { Query } from '../../shared/query';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const icons: Readonly<Record<IconName | OwnIcon, Icon>> = {
  users: IconUsers,
  tokens: IconTicket,
  fields: IconForms,
  applications: IconApps,
  saml: IconCertificate,
  roles: IconShieldHalf,
  resources: IconApi,
  logs: IconHistory,
  organizations: IconBuildingCommunity,
  scopes: IconListCheck,
  invitations: IconMailForward,
  connectors: IconPlug,
  sso: IconAt,
  factories: IconPuzzle,
  hooks: IconWebhook,
  signin: IconLogin2,
  account: IconUserCog,
  domains: IconWorld,
  templates: IconMail,
  phrases: IconLanguage,
  jwt: IconBraces,
  actions: IconBolt,
  dashboard: IconChartBar,
  idtoken: IconBraces,
  session: IconHistory,
  keys: IconKey,
  captcha: IconRobot,
  home: IconHome,
  progress: IconProgressCheck,
  journal: IconNotebook,
  seen: IconClipboardList,
};

/** The picture of a list: its own, or that of the rows it shows; a table where neither has a place in the side bar. */
export const ResourceIcon = ({ resource, size = 15 }: { resource: Resource; size?: number }) => {
  const { sidebar } = pageResourceOf(resource);
  const Icon = sidebar ? icons[sidebar.icon] : IconTable;
  return <Icon size={size} stroke={1.7} />;
};

/** The picture of what a view shows. */
export const ViewIcon = ({ query, size }: { query: Pick<Query, 'resource'>; size: number }) => {
  const own = ownViewOf(query);
  if (!own) return <ResourceIcon resource={resourceOf(query.resource)} size={size} />;
  const Icon = icons[own.icon];
  return <Icon size={size} stroke={1.7} />;
};
