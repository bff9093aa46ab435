import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { ErrorValue } from '../../shared/errors';
import { ErrorNotice } from './ErrorNotice';
import { thrownBy } from './parts';

type Props = {
  children: ReactNode;
  /** How a failure is shown; absent: as a notice in the part's own place. `again` draws the part anew. */
  failed?: (error: ErrorValue, again: () => void) => ReactNode;
};

/** A part of the page whose failure is its own: it is said in its place, and the rest of the window stays. */
export const Guarded = ({ children, failed }: Props) => (
  <ErrorBoundary
    fallbackRender={({ error, resetErrorBoundary }) => {
      const value = thrownBy(error);
      return failed ? (
        failed(value, resetErrorBoundary)
      ) : (
        <ErrorNotice error={value} onRetry={resetErrorBoundary} />
      );
    }}
  >
    {children}
  </ErrorBoundary>
);
