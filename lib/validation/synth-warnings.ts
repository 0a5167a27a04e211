/**
 * Warnings that this library's own constructs give at synth, by the rule that says the same. Where one of them stands on the construct, or on one above it,
 * the plugin leaves the finding to it; and who acknowledged the warning has acknowledged the finding.
 */
export const SYNTH_WARNINGS: Readonly<Record<string, readonly string[]>> = {};
