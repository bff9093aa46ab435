import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';

/** On which side of two a view stands; null for one that stands alone. */
export const ViewSide = createContext<'left' | 'right' | null>(null);

/** Names a region of a view so that it is told from the same one of the view beside it. */
export const useRegionName = (): ((name: string) => string) => {
  const { t } = useTranslation();
  const side = useContext(ViewSide);
  return (name) => (side ? t(`tabs.regionOf.${side}`, { name }) : name);
};
