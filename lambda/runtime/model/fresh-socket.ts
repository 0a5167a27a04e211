const BROKEN_SOCKET = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/**
 * Sends once more when the connection was gone before anything was answered: a kept socket that died while the
 * environment was frozen shows it at the first write.
 */
export async function overFreshSocket<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!BROKEN_SOCKET.has(codeOf(error) ?? '')) throw error;
    return send();
  }
}

function codeOf(error: unknown): string | undefined {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code ?? (cause ? codeOf(cause) : undefined);
}
