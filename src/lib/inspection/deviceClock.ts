/** The phone's own clock, as it goes into the record. */
export const deviceNow = (): string => new Date().toISOString();

/** The server's clock as far as the phone knows it: what days and deadlines count from. */
export const serverNow = (clockOffsetMilliseconds: number | null): string =>
	new Date(Date.now() + (clockOffsetMilliseconds ?? 0)).toISOString();

export const instantOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A clock this far off is told to the person (the server has its own time of everything anyway). */
export const clockWarningMinutes = 5;
export const clockMinutesOff = (clockOffsetMilliseconds: number | null): number =>
	Math.round(Math.abs(clockOffsetMilliseconds ?? 0) / 60_000);
