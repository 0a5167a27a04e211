import type { Order } from './order';

class InvalidOrder extends Error {
  override readonly name = 'InvalidOrder';
}

export async function handler(order: Partial<Order>): Promise<Order & { readonly total: number }> {
  const { orderId, express = false, items = [] } = order;
  if (!orderId) throw new InvalidOrder('an order needs an orderId');
  if (items.length === 0) throw new InvalidOrder(`order ${orderId} has no items`);
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0) / 100;
  return { orderId, express, items, total };
}
