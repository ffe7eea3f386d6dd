/** Where a test may have the server killed, to show that a crash there loses and doubles nothing. */
export const crashPoints = ['before_commit', 'after_commit', 'before_pdf'] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** Ends the process as `kill -9` would, when MINGCHA_CRASH_AT names this point and MINGCHA_TEST is 1; else nothing. */
export function crashPoint(point: CrashPoint): void {
	if (process.env.MINGCHA_TEST !== '1' || process.env.MINGCHA_CRASH_AT !== point) return;
	process.kill(process.pid, 'SIGKILL');
}
