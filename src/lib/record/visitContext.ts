import { createContext } from 'svelte';
import type { OpenVisit } from './openVisit.svelte.ts';

/** The open visit, for the components of its steps. Set once, by the page. */
export const [getVisit, setVisit] = createContext<OpenVisit>();
