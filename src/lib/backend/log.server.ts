import { destination, pino } from 'pino';

/**
 * The server's own log: one JSON line each, to standard error. What could open a session or name a person is
 * cut out by path; nothing that a person typed is logged anywhere.
 */
export const log = pino(
	{
		level: process.env.LOG_LEVEL ?? 'info',
		base: undefined,
		timestamp: () => `,"time":"${new Date().toISOString()}"`,
		formatters: { level: (label) => ({ level: label }) },
		redact: {
			paths: [
				'token',
				'*.token',
				'accessToken',
				'*.accessToken',
				'password',
				'*.password',
				'email',
				'*.email'
			],
			censor: '[cut]'
		}
	},
	destination({ dest: 2, sync: true })
);
