import { create } from 'zustand';

/** How often changes to a tenant ended since the page was opened, by tenant: who shows its rows asks for them anew. */
export const useRounds = create<{ rounds: Readonly<Record<string, number>> }>(() => ({ rounds: {} }));
