import {
  IconApps,
  IconBuildingCommunity,
  IconHistory,
  IconShieldHalf,
  IconTable,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Resource } from '../../shared/catalog';
import { pageResourceOf } from '../../shared/catalog';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const icons: Readonly<Record<string, Icon>> = {
  users: IconUsers,
  roles: IconShieldHalf,
  logs: IconHistory,
  applications: IconApps,
  organizations: IconBuildingCommunity,
};

/** The picture of a list: its own, or that of the rows it shows. */
export const ResourceIcon = ({ resource, size = 15 }: { resource: Resource; size?: number }) => {
  const Icon = icons[pageResourceOf(resource).place?.icon ?? ''] ?? IconTable;
  return <Icon size={size} stroke={1.7} />;
};
