/**
 * How far a plan is that is being made: lines of a file, rows of a view, then the present state read, then each change
 * checked. `total`: null where nobody knows yet.
 */
export type PlanningStep = {
  stage: 'lines' | 'rows' | 'reading' | 'checking';
  count: number;
  total: number | null;
};

export type OnStep = (step: PlanningStep) => void;
