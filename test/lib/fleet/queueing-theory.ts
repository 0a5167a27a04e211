/** Share of arrivals that a loss system of so many servers refuses, at an offered load in erlangs. */
export function erlangB(servers: number, load: number): number {
  let blocked = 1;
  for (let count = 1; count <= servers; count += 1) blocked = (load * blocked) / (count + load * blocked);
  return blocked;
}

/** Share of arrivals that wait where nobody is refused. */
export function erlangC(servers: number, load: number): number {
  const blocked = erlangB(servers, load);
  return blocked / (1 - (load / servers) * (1 - blocked));
}

/** Mean wait of all arrivals, as a multiple of the mean service time. */
export function meanWait(servers: number, load: number): number {
  return erlangC(servers, load) / (servers - load);
}
