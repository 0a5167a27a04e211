import type { FrameworkRule } from './framework-rule';
import { HYBRID_RULES } from './hybrid-rules';
import { SERVERLESS_RULES } from './serverless-rules';
import { TRADITIONAL_RULES } from './traditional-rules';

/** The decision framework: choose serverless when, choose containers when, choose both when. */
export const FRAMEWORK: readonly FrameworkRule[] = [...SERVERLESS_RULES, ...TRADITIONAL_RULES, ...HYBRID_RULES];
