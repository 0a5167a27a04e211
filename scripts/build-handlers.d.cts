export function buildHandlers(options?: { readonly quiet?: boolean }): Promise<{ name: string; bytes: number; rebuilt: boolean }[]>;
