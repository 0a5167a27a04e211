import type { Rule } from '../rule';

export const COMPUTE_RULES: readonly Rule[] = [];
