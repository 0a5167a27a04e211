/** Names of the Task states of a definition, at any depth. */
export function taskStatesOf(definition: unknown): string[] {
  if (typeof definition === 'string') return taskStatesOf(JSON.parse(definition));
  const { States = {} } = (definition ?? {}) as { States?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  return Object.entries(States).flatMap(([name, state]) => [
    ...(state['Type'] === 'Task' ? [name] : []),
    ...taskStatesOf(state['ItemProcessor'] ?? state['Iterator']),
    ...((state['Branches'] as unknown[] | undefined) ?? []).flatMap(taskStatesOf),
  ]);
}
