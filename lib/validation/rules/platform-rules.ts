import type { Rule } from '../rule';

export const PLATFORM_RULES: readonly Rule[] = [];
