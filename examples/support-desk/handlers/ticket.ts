export interface Ticket {
  readonly id: string;
  readonly customer: string;
  readonly text: string;
}

export interface ClassifiedTicket extends Ticket {
  readonly urgent: boolean;
}

/** After the workflow's own step. */
export interface ScheduledTicket extends ClassifiedTicket {
  readonly dueAt: string;
}

export interface DraftedTicket extends ScheduledTicket {
  readonly draft: string;
}

/** After the approval, which adds the decision. */
export interface ApprovedTicket extends DraftedTicket {
  readonly approval: { readonly by: string };
}

/** What comes from outside is checked once, at the door. */
export function parseTicket(input: unknown): Ticket {
  const { id, customer, text } = (input ?? {}) as Partial<Ticket>;
  for (const [name, value] of Object.entries({ id, customer, text })) {
    if (typeof value !== 'string' || value.trim() === '') throw new Error(`a ticket must have ${name}, got ${JSON.stringify(value)}`);
  }
  return { id, customer, text } as Ticket;
}
