/** Day of the week. */
export enum WeekDay {
  MONDAY = 'MON',
  TUESDAY = 'TUE',
  WEDNESDAY = 'WED',
  THURSDAY = 'THU',
  FRIDAY = 'FRI',
  SATURDAY = 'SAT',
  SUNDAY = 'SUN',
}

/** Hours of the day in which targets are kept warm. */
export interface ActiveHours {
  /**
   * Days on which the hours begin.
   * @default - every day
   */
  readonly days?: WeekDay[];
  /** First minute, `HH:MM`. */
  readonly from: string;
  /** End, `HH:MM`, not included; before `from` it is on the next day. */
  readonly to: string;
}
