/** Something handed to the interpretation is not of the form it takes. `code` names which: mocks, context, input. */
export class DoorError extends Error {
  override readonly name = 'DoorError';

  constructor(
    readonly code: 'Mocks' | 'Context' | 'Input',
    message: string,
    readonly fix?: string,
  ) {
    super(message);
  }
}
