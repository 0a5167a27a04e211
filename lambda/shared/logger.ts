type Level = 'debug' | 'info' | 'warn' | 'error';

/** One JSON line per entry: what Lambda's JSON log format and CloudWatch Logs Insights index. */
function write(level: Level, message: string, fields: Record<string, unknown> = {}): void {
  const error = fields['error'];
  const entry = {
    level,
    message,
    ...fields,
    ...(error instanceof Error ? { error: { name: error.name, message: error.message, stack: error.stack } } : {}),
  };
  console[level === 'debug' ? 'debug' : level](JSON.stringify(entry));
}

export const log = {
  debug: (message: string, fields?: Record<string, unknown>) => write('debug', message, fields),
  info: (message: string, fields?: Record<string, unknown>) => write('info', message, fields),
  warn: (message: string, fields?: Record<string, unknown>) => write('warn', message, fields),
  error: (message: string, fields?: Record<string, unknown>) => write('error', message, fields),
};
