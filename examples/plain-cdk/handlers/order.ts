/** An order as a shop sends it. */
export interface Order {
  readonly orderId: string;
  readonly express: boolean;
  readonly items: readonly Item[];
}

export interface Item {
  readonly sku: string;
  readonly quantity: number;
  /** In cents, per piece. */
  readonly price: number;
}
