/** Inputs and results of container steps. */
export const RUNS_PREFIX = 'runs/';
/** Results of distributed maps. */
export const MAPS_PREFIX = 'maps/';
