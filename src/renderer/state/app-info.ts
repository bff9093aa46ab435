import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../link/api';

/** What the door is and can do, and what this program is: the same as long as it runs. */
export const appInfo = queryOptions({
  queryKey: ['app'],
  queryFn: () => api.app.info.query(),
  staleTime: Number.POSITIVE_INFINITY,
});

export const useAppInfo = () => useQuery(appInfo).data;
