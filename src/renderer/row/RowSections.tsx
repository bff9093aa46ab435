import type { Row } from '../../shared/row';
import { RowChanges } from '../changes/RowChanges';
import { ObjectSections } from './ObjectSections';
import { SaidErrors } from './PartError';
import type { Shown } from './use-object';

/** What can be done to a row, and its sections. */
export const RowSections = ({ shown, row }: { shown: Shown; row: Row }) => {
  const { query, id, listed, resource, error, isWhole } = shown;
  return (
    <SaidErrors value={error ? [error.code] : []}>
      <RowChanges
        profile={query.profile}
        listed={listed}
        parent={query.parent}
        page={resource}
        id={id}
        row={row}
        isWhole={isWhole}
      >
        <ObjectSections shown={shown} />
      </RowChanges>
    </SaidErrors>
  );
};
